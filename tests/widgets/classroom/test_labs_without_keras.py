"""Labs are made, worked and drawn where neither Keras nor TensorFlow is installed."""

import subprocess
import sys

CODE = """\
import sys
for name in ('keras', 'tensorflow', 'sklearn'): sys.modules[name] = None
import hcnn_widgets as hw
labs = [hw.widgets.ConvolutionLab(), hw.widgets.PerceptronLab('XOR'), hw.widgets.GateLab('XOR')]
labs += [hw.widgets.PoolingLab(), hw.widgets.LeNet5Lab(), hw.widgets.MlpLab()]
labs += [hw.widgets.ActivationLab('gelu'), hw.widgets.ReceptiveFieldLab()]
labs += [hw.widgets.MotifLab('object'), hw.widgets.Quiz(len(hw.classroom.QUESTIONS))]
labs[1].run()
labs[2].act(labs[2].solve)
print(all(len(lab.picture()) > 5000 for lab in labs), labs[2].shown.n_right)
next(lab for lab in labs if isinstance(lab, hw.widgets.MlpLab)).panel.pressed(1, '2')
print('keras' in labs[1].code, {lab.line[:11] for lab in labs})
heard = hw.widgets.CochleagramPanel()
assert len(heard.picture()) > 5000
for lab in [*labs, heard]: lab.close()
"""


def test_labs_need_neither_keras_nor_tensorflow() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=120)
    words = done.stdout.split("\n")
    assert words[0] == "True 3"
    assert words[1] == "True {'hw.widgets.'}"
    assert done.stderr == ""
