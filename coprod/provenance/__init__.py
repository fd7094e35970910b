"""Where a report comes from: what went in, whether it is still what was published, and passing it on."""

from coprod.provenance.bundle import bundle
from coprod.provenance.crate import CRATE, NotInOrder, write_crate
from coprod.provenance.facts import Facts, gather
from coprod.provenance.inputs import Inputs, Record, write_record
from coprod.provenance.log import run_log
from coprod.provenance.register import register
from coprod.provenance.verify import AS_RECORDED, DIFFERENT, verify

__all__ = [
    "AS_RECORDED",
    "CRATE",
    "DIFFERENT",
    "Facts",
    "Inputs",
    "NotInOrder",
    "Record",
    "bundle",
    "gather",
    "register",
    "run_log",
    "verify",
    "write_crate",
    "write_record",
]
