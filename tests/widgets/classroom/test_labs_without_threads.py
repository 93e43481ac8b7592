"""Labs are brought up to date and leave their pictures where no thread can be started: in a browser's Python."""

import subprocess
import sys

CODE = """\
import asyncio, sys, threading
for name in ('keras', 'tensorflow', 'sklearn', 'psutil'): sys.modules[name] = None
def refuse(thread): raise RuntimeError("can't start new thread")
threading.Thread.start = refuse
import hcnn_widgets as hw
from hcnn_widgets.widgets.page.saved_page import live_panels
async def main():
    labs = [hw.widgets.ConvolutionLab(), hw.widgets.PerceptronLab('XOR'), hw.widgets.GateLab('XOR')]
    labs += [hw.widgets.PoolingLab(), hw.widgets.LeNet5Lab(), hw.widgets.MlpLab(units='tanh')]
    labs += [hw.widgets.ActivationLab('gelu'), hw.widgets.ReceptiveFieldLab()]
    labs += [hw.widgets.MotifLab('object'), hw.widgets.Quiz(3)]
    for lab in labs:
        for panel in live_panels(lab):
            ended = asyncio.Event()
            panel.when_over(ended.set)
            before = panel.sequence
            panel.renew()
            await asyncio.wait_for(ended.wait(), 30)
            print(type(lab).__name__, panel.sequence > before)
    mlp = next(lab for lab in labs if isinstance(lab, hw.widgets.MlpLab))
    mlp.train()
    print(mlp.panel.notice)
    for lab in labs: lab.close()
asyncio.run(main())
"""


def test_labs_need_no_threads() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=120)
    assert done.stderr == ""
    *labs, words = done.stdout.splitlines()
    assert len(labs) >= 10
    assert {line.split()[1] for line in labs} == {"True"}
    assert words.startswith("Training needs Keras")
