"""Enumerations of the format. Their words stand in tracker/labels.py."""

from enum import StrEnum


class ProductKind(StrEnum):
    """product_kind"""

    APPLICATION = "application"
    PLATFORM = "platform"
    ALGORITHM = "algorithm"
    INFRASTRUCTURE = "infrastructure"
    OTHER = "other"


class AssessmentStatus(StrEnum):
    """assessment_status"""

    INTAKE_SENT = "intake_sent"
    IN_ASSESSMENT = "in_assessment"
    POSITIVE = "positive"
    NEGATIVE = "negative"
    WITHDRAWN = "withdrawn"


class LeadRole(StrEnum):
    """lead_role"""

    CIO = "cio"
    CMIO = "cmio"


class VisionPart(StrEnum):
    """vision_text"""

    URGENCY = "urgency"
    PROBLEMS = "problems"
    BENEFITS = "benefits"
    STRATEGY = "strategy"


class SupportKind(StrEnum):
    """support_kind"""

    MEMBER_VOTE = "member_vote"
    CONSULTATION = "consultation"
    SIGNATURES = "signatures"
    BOARD_ONLY = "board_only"
    OTHER = "other"


class Phase(StrEnum):
    """phase"""

    SELECTED = "selected"
    PILOT = "pilot"
    IMPLEMENTING = "implementing"
    IN_USE = "in_use"
    STOPPED = "stopped"


class SupportLine(StrEnum):
    """support_line"""

    SKILLS = "skills"
    PILOTS = "pilots"
    IMPLEMENTATION = "implementation"


class OfferKind(StrEnum):
    """offer_kind"""

    PILOT = "pilot"
    WORKING_GROUP = "working_group"
    SELECTION_COMMITTEE = "selection_committee"


class ContractScope(StrEnum):
    """contract_scope"""

    IMPLEMENTATION = "implementation"
    FINANCING = "financing"


class MandateKind(StrEnum):
    """mandate_kind"""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"


class Step(StrEnum):
    """step"""

    TIME = "time"
    SKILLS = "skills"
    ORGANISATION = "organisation"
    PARTICIPATION = "participation"


class Guided(StrEnum):
    """guided"""

    PROFESSIONALS = "professionals"
    PATIENTS = "patients"


class MtvpPartName(StrEnum):
    """mtvp_part"""

    REGISTERED = "registered"
    INTERVENTIONS = "interventions"
    INTERVISION = "intervision"


class InitiativePhaseName(StrEnum):
    """initiative_phase"""

    START = "start"
    SCALE_UP = "scale_up"
    EXTEND = "extend"
    SUSTAIN = "sustain"
    ENDED = "ended"


class UseRole(StrEnum):
    """use_role"""

    OBJECT = "object"
    BACKGROUND = "background"


class StatementKind(StrEnum):
    """statement_kind"""

    BASED_ON_VISION = "based_on_vision"
    IMPLEMENTABLE = "implementable"
    COST_POTENTIAL = "cost_potential"
    OUTCOME_POTENTIAL = "outcome_potential"
    WILLING_TO_SHARE = "willing_to_share"
    PATIENT_FACING = "patient_facing"


class Verdict(StrEnum):
    """verdict"""

    POSITIVE = "positive"
    MIXED = "mixed"
    NEGATIVE = "negative"
    TOO_EARLY = "too_early"


class NotAssessed(StrEnum):
    """not_assessed"""

    TOO_EARLY = "too_early"
    NO_DATA = "no_data"
    OTHER = "other"


class ExtensionResult(StrEnum):
    """extension_result"""

    EXTENDED = "extended"
    EXTENDED_REDUCED = "extended_reduced"
    NOT_EXTENDED = "not_extended"


class Better(StrEnum):
    """better"""

    HIGHER = "higher"
    LOWER = "lower"


class Stream(StrEnum):
    """stream"""

    OI = "oi"
    S3 = "s3"
    REGIONAL_PERFORMANCE = "regional_performance"
    S1 = "s1"
    S2 = "s2"
    OUTSIDE = "outside"
    OPEN = "open"
    SERVICE_ACCESS = "service_access"
    DEPRIVATION_FUND = "deprivation_fund"
    OWN_MEANS = "own_means"


class Purpose(StrEnum):
    """purpose"""

    VISION = "vision"
    ICT_SETUP = "ict_setup"
    PRACTICE_SUPPORT = "practice_support"
    INITIATIVE = "initiative"


class CoveredBy(StrEnum):
    """covered_by"""

    REGISTRATION_FEE = "registration_fee"
    POH_MODULE = "poh_module"
    MTVP = "mtvp"
    SERVICE_ACCESS = "service_access"
    OPEN = "open"


class ExampleOutcome(StrEnum):
    """example_outcome"""

    USED = "used"
    CONSIDERED = "considered"
    IGNORED = "ignored"


class TestResult(StrEnum):
    """test_result"""

    ACCESSIBLE = "accessible"
    ACCESSIBLE_WITH_POINTS = "accessible_with_points"
    NOT_ACCESSIBLE = "not_accessible"


class Topic(StrEnum):
    """topic"""

    TIME_VULNERABLE = "time_vulnerable"
    JZOJP = "jzojp"
    ICT_COMMUNICATION = "ict_communication"
    REGIONAL_SUPPORT = "regional_support"
    LABOUR_MARKET = "labour_market"
    COLLABORATION = "collaboration"


class OiTariff(StrEnum):
    """oi_tariff"""

    PRACTICE_MANAGEMENT = "practice_management"
    NEIGHBOURHOOD_MANAGEMENT = "neighbourhood_management"
    REGIONAL_CHAIN_CARE = "regional_chain_care"
    REGIONAL_INNOVATION = "regional_innovation"


class OiPurpose(StrEnum):
    """oi_purpose"""

    ICT_DEVELOPMENT = "ict_development"
    ICT_MANAGEMENT = "ict_management"
    POPULATION_MANAGEMENT = "population_management"
    OTHER = "other"


class PlanTopic(StrEnum):
    """plan_topic"""

    GOAL = "goal"
    QUALITY = "quality"
    SERVICE = "service"
    COST_EFFECTIVENESS = "cost_effectiveness"
    SCALING = "scaling"
    SUBSTITUTION = "substitution"


class ServiceComponent(StrEnum):
    """service_component"""

    SURGERY_HOURS = "surgery_hours"
    DIGITAL_APPOINTMENTS = "digital_appointments"
    REPEAT_PRESCRIPTIONS = "repeat_prescriptions"
    REMOTE_CONSULTS = "remote_consults"
    SPEECH_TO_TEXT = "speech_to_text"


class SocialAgreementKind(StrEnum):
    """social_agreement"""

    DISTRICT_TEAM = "district_team"
    MUNICIPALITY_FUND = "municipality_fund"
    INEQUALITY_NETWORK = "inequality_network"
    EHEALTH_ACCESSIBILITY = "ehealth_accessibility"
    ACCESSIBLE_COMMUNICATION = "accessible_communication"
    LEARNING_ORGANISATION = "learning_organisation"
    LOW_LITERACY = "low_literacy"
    INCLUSIVE_CARE = "inclusive_care"


class EvidenceKind(StrEnum):
    """evidence_kind"""

    MINUTES = "minutes"
    DECISION = "decision"
    LETTER = "letter"
    CONTRACT = "contract"
    REPORT = "report"
    MEASUREMENT = "measurement"
    DECLARATION = "declaration"
    SCREENSHOT = "screenshot"
    OTHER = "other"


class EvidenceStrength(StrEnum):
    """evidence_strength"""

    DECLARED = "declared"
    SHOWN = "shown"
    CHECKED = "checked"


class Party(StrEnum):
    """party"""

    COOPERATION = "cooperation"
    INSURER = "insurer"


class ContactRole(StrEnum):
    """contact_role"""

    INSURER_REGION_MANAGER = "insurer_region_manager"
    BOARD_MEMBER = "board_member"
    REGION_COORDINATOR = "region_coordinator"
    PRACTICE_LIAISON = "practice_liaison"
    EVALUATION_CHAIR = "evaluation_chair"


class RegionalDocumentKind(StrEnum):
    """regional_document_kind"""

    REGIONAL_PICTURE = "regional_picture"
    REGIONAL_VISION = "regional_vision"
    REGIONAL_PLAN = "regional_plan"


class System(StrEnum):
    """system"""

    HIS = "his"
    AIS = "ais"
    HAPIS = "hapis"
    KIS = "kis"
    PATIENT_PORTAL = "patient_portal"
    VIDEO = "video"
    TELECONSULTATION = "teleconsultation"


class Standard(StrEnum):
    """standard"""

    MEASUREMENTS = "measurements"
    CONTRAINDICATIONS = "contraindications"
    ALLERGIES = "allergies"
