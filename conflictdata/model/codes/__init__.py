"""The codes of the codelists as enums; `schema/codelists/` defines them, and a test holds both equal."""

from conflictdata.model.codes.claim_codes import *  # noqa: F403
from conflictdata.model.codes.event_codes import *  # noqa: F403
from conflictdata.model.codes.record_codes import *  # noqa: F403
