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
Pooling
    POOLINGS, Pooling, pooled, pooling_gradient: values, and where the gradient goes.
    winners, Switches, unpooled: which pixel won, and the way back.
Normalisation and the motif of Figure 1c
    divisive_normalization: each unit divided by the activity around it.
    ContrastResponse, fitted_contrast_response: saturation and suppression as a formula, and as it is measured.
    Motif, STAGES, Stage: filter, activate, pool and normalise, in any order.
    grating, gabor_bank: what is shown to it, and its filters.
Quiz
    quiz, QuizSheet: questions drawn from a seed, as records, as Markdown and as a notebook that is graded.
    QUESTIONS, QuestionKind, Question, Hint, Mistake, Diagnosis: kinds of questions, and what an answer tells.
"""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
