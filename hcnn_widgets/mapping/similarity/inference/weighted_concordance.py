"""tau_A of many bootstrap samples at once, without drawing one of them.

A sample of stimuli, each taken c_i times, holds the dissimilarity of stimuli i and j c_i c_j times: its tau_A is a sum
over pairs of the original dissimilarities, weighted by w_p w_q, of fixed signs. Pairs of one block of the model's order
are summed by products with dense sign matrices; of the others those of one block of the subject's order; what is left
is ordered by its two blocks alone, and summed over the table of blocks. That is of the order k^1.5 instead of k^2, in
matrix products that serve all samples, and the signs are made once.
"""

import os
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.numerics.blas_threads import one_blas_thread
from hcnn_widgets.mapping.similarity.inference.paired_samples import PairedSamples
from hcnn_widgets.mapping.similarity.inference.rank_blocks import RankBlocks

Array = NDArray[np.float64]
Float = NDArray[np.floating]

_TILE = 32
_TOGETHER = 250
"""Columns of two samples that are computed together, so that a block of them stays in a core's cache."""


def resampled_tau_a(models: Array, subjects: Array, counts: NDArray[np.integer]) -> Array:
    """Return tau_A of every model and subject in every bootstrap sample of stimuli.

    Pairs of a stimulus with its own copy are left out of a sample, as their dissimilarity is 0 for every model.

    Parameters
    ----------
    models : (n_models, k) float64
    subjects : (n_subjects, k) float64
        Dissimilarities of the same pairs of stimuli.
    counts : (n_bootstrap, n_stimuli) int
        How often each sample holds each stimulus; three different ones or more.

    Returns
    -------
    (n_bootstrap, n_models, n_subjects) float64
        As from samples that were drawn: sums of whole numbers, exact.
    """
    from concurrent.futures import ThreadPoolExecutor

    # Blocks of about sqrt(k) make the dense products within them and the table of all blocks cost the same.
    k = models.shape[1]
    size = _TILE * int(np.ceil(1.5 * np.sqrt(k) / _TILE))
    samples = PairedSamples.of(counts, size)
    dtype = samples.weights.dtype
    by_model, by_subject = ([RankBlocks.of(rdm, size, dtype) for rdm in rdms] for rdms in (models, subjects))

    def of_model(order: RankBlocks) -> Array:
        return _within(order, by_subject, samples) + _across(order, by_subject, samples)

    def of_subject(order: RankBlocks) -> Array:
        return _within(order, by_model, samples, leave_out_shared=True)

    with one_blas_thread(), ThreadPoolExecutor(os.cpu_count()) as pool:
        parts = pool.map(of_model, by_model), pool.map(of_subject, by_subject)
        within_or_across, within = (np.array(list(part)) for part in parts)
    # Ordered pairs of different stimuli in a sample, copies counted, halved; then pairs of those.
    n_pairs = (counts.sum(axis=1) ** 2 - (counts**2).sum(axis=1)) / 2
    sums = within_or_across.transpose(2, 0, 1) + within.transpose(2, 1, 0)
    return sums / (n_pairs * (n_pairs - 1) / 2)[:, np.newaxis, np.newaxis]


def _within(
    order: RankBlocks, others: Sequence[RankBlocks], samples: PairedSamples, leave_out_shared: bool = False
) -> Array:
    """Sum over the pairs within the blocks of one order, (n_others, n_bootstrap).

    With `leave_out_shared` without those that also share a block of the other order.
    """
    tiles = list(_tiles(order, others, leave_out_shared))
    sums = np.zeros((2, len(others), samples.weights.shape[1]))
    for columns in _together(samples):
        weights = samples.weights[:, columns]
        products = np.empty((len(tiles), len(others), _TILE, weights.shape[1]), dtype=weights.dtype)
        for row, places in enumerate(order.places):
            block = weights[places]
            for tile, signs in enumerate(tiles):
                np.matmul(signs[row], block[tile * _TILE :], out=products[tile].reshape(len(signs[row]), -1))
            own = block.reshape(len(tiles), _TILE, -1)
            sums[:, :, columns] += samples.summed("topc,tpc->oc", products, own)
    return samples.joined(sums)


def _tiles(order: RankBlocks, others: Sequence[RankBlocks], leave_out_shared: bool) -> Iterator[Float]:
    """Return the products of both orders' signs in the upper triangle of each block, some rows at a time.

    Yields
    ------
    (n_blocks, n_others * rows, size - start) float
    """
    n_blocks, size = order.places.shape
    for start in range(0, size, _TILE):
        rows, columns = order.places[:, start : start + _TILE, np.newaxis], order.places[:, np.newaxis, start:]
        own = _signs(order.ranks[rows], order.ranks[columns])
        # Each pair once: above the diagonal of the block.
        own *= np.triu(np.ones(own.shape[1:], dtype=own.dtype), 1)
        signs = np.empty((n_blocks, len(others), *own.shape[1:]), dtype=own.dtype)
        for row, other in enumerate(others):
            np.multiply(own, _signs(other.ranks[rows], other.ranks[columns]), out=signs[:, row])
            if leave_out_shared:
                signs[:, row] *= other.block_of[rows] != other.block_of[columns]
        yield signs.reshape(n_blocks, -1, size - start)


def _across(order: RankBlocks, others: Sequence[RankBlocks], samples: PairedSamples) -> Array:
    """Sum over the pairs that share no block, from the tables of both orders' blocks; (n_others, n_bootstrap)."""
    ends = np.cumsum([len(other) for other in others])[:-1]
    member = np.concatenate([_members(order, other) for other in others], axis=1, dtype=samples.weights.dtype)
    sums = np.empty((2, len(others), samples.weights.shape[1]))
    for columns in _together(samples):
        weights = samples.weights[:, columns]
        table = np.empty((len(order), member.shape[1], weights.shape[1]), dtype=weights.dtype)
        for row, places in enumerate(order.places):
            np.matmul(member[row], weights[places], out=table[row])
        # Pairs of different blocks are ordered by their blocks alone: the sign of the blocks times summed weights.
        larger = (order.signs @ table.reshape(len(order), -1)).reshape(table.shape)
        parts = zip(others, np.split(table, ends, axis=1), np.split(larger, ends, axis=1), strict=True)
        for row, (other, own, beyond) in enumerate(parts):
            by_block = samples.summed("xyc,xyc->xc", beyond, other.signs.T @ own)
            sums[:, row, columns] = by_block.sum(axis=1) / 2  # every pair of blocks was met both ways
    return samples.joined(sums)


def _members(order: RankBlocks, other: RankBlocks) -> NDArray[np.bool_]:
    """Return which block of the other order each place is in, (n_blocks, n_other_blocks, size)."""
    return other.block_of[order.places][:, np.newaxis] == np.arange(len(other))[:, np.newaxis]


def _signs(ranks: Float, others: Float) -> Float:
    """Return the signs of differences of whole numbers, several times faster than `sign`."""
    differences = ranks - others
    return np.clip(differences, -1, 1, out=differences)


def _together(samples: PairedSamples) -> Iterator[slice]:
    """Return the columns that are computed together."""
    return (slice(start, start + _TOGETHER) for start in range(0, samples.weights.shape[1], _TOGETHER))
