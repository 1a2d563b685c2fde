"""All bad inputs: those of the formats with records (tests/pipeline/read) and those made here, by name."""

from collections.abc import Mapping

from tests.pipeline.read.test_bad_inputs import CASES
from tests.trust.badinputs.case import Bad, Outcome, file
from tests.trust.badinputs.documents import DOCUMENTS
from tests.trust.badinputs.files import FILES
from tests.trust.badinputs.texts import TEXTS

MADE: Mapping[str, Bad] = {**TEXTS, **DOCUMENTS, **FILES}
ALL: Mapping[str, Bad] = {
    **MADE,
    **{
        name.replace("-", " "): file(case.name, case.data, Outcome(case.articles, tuple(case.refused), None))
        for name, case in CASES.items()
    },
}
