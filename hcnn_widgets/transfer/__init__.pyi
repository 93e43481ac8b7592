from .begin_transfer import transfer
from .readouts import readouts
from .readouts_table import Readouts
from .running_transfer import Transfer
from .transfer_row import TransferRow
from .ways import WAYS

__all__ = ["WAYS", "Readouts", "Transfer", "TransferRow", "readouts", "transfer"]
