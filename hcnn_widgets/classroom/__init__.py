"""The arithmetic of the lecture, in NumPy alone: the same functions make the labs, the quiz and the notebooks.

Perceptron
    heaviside, folded, perceptron_output, mistakes: h(w . x + b), strict, with the bias as the last weight.
    presentation, Presentation, perceptron_run, PerceptronRun: learning from mistakes, every step kept.
    is_separable, margin, mistake_bound: whether a line separates, and the most mistakes until it is found.
    GATES, Gate, CORNERS: the 16 gates of two inputs.
Convolution
    cross_correlation, true_convolution: as networks have it, and with the kernel turned.
    window_sum, WindowSum, windows_seeing: the sum behind an output cell, and how many windows see a pixel.
    matrix_product, MatrixProduct: the same as one product of matrices.
Activation
    ACTIVATIONS, Activation: value, derivative and range.
Receptive field
    SlidingLayer, receptive_fields, FieldSide, joined_fields: which pixels the units of a stack of layers see.
    pixels_holding: how few pixels hold most of a measured gradient.
Pooling
    POOLINGS, Pooling, pooled, pooling_gradient: values, and where the gradient goes.
    winners, Switches, unpooled: which pixel won, and the way back.
"""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
