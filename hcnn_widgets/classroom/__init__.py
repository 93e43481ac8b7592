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
    FAMOUS_KERNELS, FamousKernel: Sobel, Gaussian, Laplacian, Gabor and their like.
Activation
    ACTIVATIONS, Activation: value, derivative and range.
Pooling
    POOLINGS, Pooling, pooled, pooling_gradient: values, and where the gradient goes.
    shifted, share_unchanged: what a shift of the image leaves as it is.
    winners, Switches, unpooled: which pixel won, and the way back.
LeNet-5
    lenet5_layers, LeNetLayer, C3_TABLE: weights and connections, counted layer by layer.
    lenet5_maps, lenet5_weights, bitmap: what every layer responds, and the pictures that the last one is to make.
"""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
