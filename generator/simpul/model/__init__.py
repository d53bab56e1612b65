"""What the sources say, checked and frozen: one class for each kind of record. No files, no YAML, no HTML.

The docstring of a field is the contributor's help: it goes into the JSON Schemas, the scaffolds and the
guides.
"""

from simpul.model.assessment import (
    Assessment,
    Bank,
    BankQuestion,
    Instrument,
    PerformanceTask,
    Question,
    QuestionForm,
    RubricRow,
    TaskFile,
    Variant,
)
from simpul.model.attachments import AttachedFile, Attachment
from simpul.model.cases import Case, case_of
from simpul.model.curriculum import (
    Abbreviation,
    Author,
    Component,
    DeliveryModel,
    LearningPath,
    Minutes,
    Module,
    Place,
    Service,
    Step,
    SurveyElement,
    Synonym,
    Target,
    Term,
)
from simpul.model.evidence import BusyPeriod, Report, Schedule, SelfStudy, ServiceHours, Session
from simpul.model.fields import Base
from simpul.model.framework import (
    Area,
    Basis,
    Competence,
    Framework,
    Group,
    Indicator,
    Level,
    Match,
    Minimum,
    Origin,
)
from simpul.model.moves import Move
from simpul.model.needs import Answer, Need
from simpul.model.ownership import Owner
from simpul.model.pictures import Picture, PictureError
from simpul.model.regional import (
    Article,
    Condition,
    Consent,
    Contact,
    Cost,
    NotPersonal,
    PictureSize,
    Practice,
    Profile,
    Result,
)
from simpul.model.settings import Settings
from simpul.model.training import Adaptation, Block, Centre, CurriculumRelease, Expert, Facilities

__all__ = [
    "Abbreviation",
    "Adaptation",
    "Answer",
    "Area",
    "Article",
    "Assessment",
    "AttachedFile",
    "Attachment",
    "Author",
    "Bank",
    "BankQuestion",
    "Base",
    "Basis",
    "Block",
    "BusyPeriod",
    "Case",
    "Centre",
    "Competence",
    "Component",
    "Condition",
    "Consent",
    "Contact",
    "Cost",
    "CurriculumRelease",
    "DeliveryModel",
    "Expert",
    "Facilities",
    "Framework",
    "Group",
    "Indicator",
    "Instrument",
    "LearningPath",
    "Level",
    "Match",
    "Minimum",
    "Minutes",
    "Module",
    "Move",
    "Need",
    "NotPersonal",
    "Origin",
    "Owner",
    "PerformanceTask",
    "Picture",
    "PictureError",
    "PictureSize",
    "Place",
    "Practice",
    "Profile",
    "Question",
    "QuestionForm",
    "Report",
    "Result",
    "RubricRow",
    "Schedule",
    "SelfStudy",
    "Service",
    "ServiceHours",
    "Session",
    "Settings",
    "Step",
    "SurveyElement",
    "Synonym",
    "Target",
    "TaskFile",
    "Term",
    "Variant",
    "case_of",
]
