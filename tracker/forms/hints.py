"""What helps a person who is in doubt: a line under a question, the words on a button that adds a row."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from tracker.domain.records.base import Field, Record, Sort

_DAY = _("Bijvoorbeeld 1-7-2022 of 1 juli 2022.")
BY_FIELD: dict[tuple[str, str], Any] = {
    ("vision", "version"): _("Het volgnummer van deze visie: 1, 2, enzovoort."),
    ("vision", "adopted_on"): _(
        "De dag waarop het bestuur of de leden besloten. Niet de datum van het document. Bijvoorbeeld 1-7-2022."
    ),
    ("vision", "drafted_on"): _("De dag van het eerste concept. Laat leeg als u die niet weet."),
    ("vision", "withdrawn_on"): _(
        "De dag waarop het besluit is teruggenomen. Een nieuwere versie is geen intrekking: laat dan leeg."
    ),
    ("vision", "evidence"): _("Bijvoorbeeld het verslag van de ledenvergadering."),
    ("vision", "texts"): _("Vat elk onderdeel in een paar zinnen samen. Alle vier tellen mee."),
    ("vision", "support"): _("Een besluit van alleen het bestuur telt niet als gedragen."),
    ("vision_text", "recorded_on"): _("De dag waarop deze tekst in de visie kwam. Leeg = de dag van het besluit."),
    ("vision_support", "stated_on"): _("De dag van de stemming of raadpleging. Leeg = de dag van het besluit."),
    ("vision_support", "share_pct"): _("Een getal van 0 tot en met 100."),
    ("ict_lead", "from_on"): _("De eerste werkdag in de functie, niet de dag van benoeming."),
    ("ict_lead", "to_on"): _("De laatste dag in de functie. Leeg = nog steeds."),
    ("ict_lead", "fte"): _("Bijvoorbeeld 0,4. Er is geen norm."),
    ("ict_lead", "title_as_used"): _("De titel zoals uw regio die schrijft."),
    ("ict_lead", "is_shared"): _("Deze persoon werkt ook voor een andere organisatie."),
    ("direction", "phases"): _("Elke fase is een rij. Terugvallen of opnieuw beginnen mag: dat is een nieuwe rij."),
    ("direction_phase", "reached_on"): _("De eerste dag van deze fase. Bijvoorbeeld 1-7-2022."),
    ("direction_phase", "reason"): _("Nodig als de richting stopt of een fase terugvalt."),
    ("contract", "code"): _("Een korte code voor deze overeenkomst, uniek in uw regio."),
    ("contract", "signed_on"): _("De dag van de laatste handtekening. De mandaten moeten er op die dag zijn."),
    ("contract", "starts_on"): _("De eerste dag waarop de overeenkomst geldt. Mag voor of na de ondertekening liggen."),
    ("contract", "ends_on"): _("De afgesproken laatste dag. Leeg = zonder einddatum."),
    ("contract", "terminated_on"): _("De laatste dag na een voortijdige beëindiging."),
    ("contract", "involved_practices"): _("Kies niets als de overeenkomst voor alle aangesloten praktijken geldt."),
    ("contract", "mandates"): _(
        "Veel praktijken tegelijk? Leg de overeenkomst eerst vast en kies daarna bij Praktijken ‘Mandaten vastleggen’."
    ),
    ("mandate", "given_on"): _("De eerste dag waarop het mandaat geldt."),
    ("mandate", "withdrawn_on"): _("De eerste dag waarop het mandaat niet meer geldt. Leeg = nog steeds."),
    ("mandate", "kind"): _("Een ledenbesluit geldt voor elke aangesloten praktijk."),
    ("insurer_link", "lead"): _("De verzekeraar die namens de andere verzekeraars het gesprek voert."),
    ("waiver", "rule"): _("De roadmapregel waarvan u samen afwijkt."),
    ("waiver", "subject"): _("De code van het samenwerkingsverband, de praktijk of het initiatief."),
    ("waiver", "until"): _("De laatste dag van de afwijking. De berekende status verandert er niet door."),
    ("waiver", "signer"): _("Wie van de andere partij heeft getekend."),
    ("initiative", "code"): _("Een korte code die nooit verandert. Letters, cijfers, punten en streepjes."),
    ("initiative", "insurer"): _("De verzekeraar wiens voorwaarden gelden."),
    ("initiative", "proposed_on"): _("De dag waarop het voorstel er lag. Eerder telt het initiatief nergens mee."),
    ("initiative", "planned_start_on"): _("Voor de voortoets: de dag waarop u wilt beginnen."),
    ("initiative", "started_on"): _("De eerste dag van de uitvoering. Leeg = nog niet begonnen."),
    ("initiative", "ended_on"): _("De laatste dag waarop het initiatief nog loopt."),
    ("product_use", "version"): _("Precies zoals in het register: versie 2 is een andere dan versie 2.0."),
    ("product_use", "justification"): _("Waarom dit een bestaand basissysteem is en geen KC-oordeel nodig heeft."),
    ("statement", "vision_version"): _("Alleen bij ‘gebaseerd op de visie’: het nummer van die versie."),
    ("statement", "text"): _("Ten minste één zin."),
    ("participant", "no_double_funding_signed_on"): _("De dag waarop de praktijk die verklaring tekende."),
    ("plan", "evaluation_interval_months"): _("Om de hoeveel maanden u evalueert, als het plan dat zegt."),
    ("plan", "adopted_on"): _("De dag waarop het plan is vastgesteld, niet de datum van het document."),
    ("milestone", "code"): _("Een korte code, bijvoorbeeld m1."),
    ("milestone", "due_on"): _("De eerste afspraak. Verschuift de mijlpaal, voeg dan een verschuiving toe."),
    ("milestone_move", "moved_on"): _("De dag waarop u tot uitstel besloot."),
    ("indicator", "code"): _("Een korte code, bijvoorbeeld p1."),
    ("indicator", "unit"): _("Bijvoorbeeld praktijken, % of minuten per week."),
    ("indicator", "targets"): _("Een nieuwe streefwaarde is een nieuwe rij: de oude blijft staan."),
    ("target", "set_on"): _("De dag waarop u de streefwaarde afsprak."),
    ("target", "reason"): _("Nodig vanaf de tweede streefwaarde."),
    ("measurement", "measured_on"): _("De dag waarover de waarde gaat."),
    ("measurement", "reported_on"): _("De dag waarop u de waarde kreeg. Leeg = de dag van de meting."),
    ("goal_agreement", "objectives"): _("Eén doelstelling per regel."),
    ("goal_agreement", "outcomes"): _("Eén uitkomst per regel."),
    ("extension", "until"): _("De laatste dag waarvoor betaald wordt."),
    ("funding_line", "code"): _("Een korte code, bijvoorbeeld f1."),
    ("funding_line", "item"): _("Gebruik binnen uw regio voor dezelfde kosten steeds dezelfde naam."),
    ("funding_line", "share_pct"): _("Het deel van de kosten dat uit deze stroom komt, bijvoorbeeld 60 of 12,5."),
    ("funding_line", "eur_per_year"): _("In euro’s, bijvoorbeeld 64.000."),
    ("funding_line", "covered_by"): _("Alleen als deze inspanning al uit iets anders wordt betaald."),
    ("oi_claim", "unit"): _("De groep, wijk of regio waarvoor u declareert."),
    ("innovation_application", "article"): _("Artikel 9, 10 of 11."),
    ("innovation_application", "tariff_set_on"): _("Vul eerst in wanneer de aanvraag is goedgekeurd."),
    ("innovation_application", "care_code"): _("Vul eerst in wanneer het tarief is vastgesteld."),
    ("practice", "code"): _("Een korte code die nooit verandert. Letters, cijfers, punten en streepjes."),
    ("practice", "memberships"): _("Van wanneer tot wanneer de praktijk is aangesloten."),
    ("practice", "use"): _("Hebben en gebruiken zijn twee feiten: vul beide dagen in."),
    ("practice_step", "kind"): _("Alleen bij deelname."),
    ("practice_step", "guided"): _("Alleen bij organisatorische implementatie."),
    ("component_use", "available_from"): _("De eerste dag waarop patiënten de dienst kunnen vinden."),
    ("component_use", "used_from"): _("De eerste dag waarop de dienst echt wordt gebruikt. Leeg = nog niet."),
    ("component_use", "until"): _("De laatste dag waarop de dienst wordt aangeboden. Leeg = nog steeds."),
    ("product", "kind"): _("Een applicatie, platform of algoritme heeft een KC-oordeel nodig."),
    ("product", "versions"): _("Elke versie die in gebruik is of beoordeeld wordt."),
    ("product_version", "version"): _("Precies zoals de leverancier die schrijft: 2 is een andere versie dan 2.0."),
    ("assessment", "version"): _("De versie die is beoordeeld, precies zoals hierboven."),
    ("assessment", "reported_on"): _("De dag waarop het Kenniscentrum dit meldde."),
    ("assessment", "valid_until"): _("Alleen bij een positief oordeel: de laatste dag waarop het geldt."),
    ("round", "number"): _("Het volgnummer van het gesprek: 1, 2, enzovoort."),
    ("round", "held_on"): _("De dag van het gesprek."),
    ("round", "scores"): _(
        "1 geen bijdrage zichtbaar, 2 eerste tekenen, 3 in enkele praktijken, 4 duidelijk, 5 structureel."
    ),
    ("score", "not_assessed_reason"): _("Nodig als er geen afgesproken score is."),
    ("initiative_evaluation", "shared_on"): _("De dag waarop de verzekeraar de evaluatie kreeg."),
    ("sharing", "shared_on"): _("Vanaf deze dag kunnen andere regio’s het voorbeeld vinden."),
    ("sharing", "withdrawn_on"): _("De eerste dag waarop het voorbeeld niet meer te vinden is."),
    ("good_example", "source"): _("Het initiatief van een andere regio."),
    ("good_example", "reason"): _("Nodig als u het voorbeeld overwoog en niet gebruikte."),
    ("contact", "insurer"): _("Alleen bij de regiomanager van de verzekeraar."),
    ("predecessor", "code"): _("De code van het eerdere samenwerkingsverband."),
    ("cooperation", "code"): _("Een korte code die nooit verandert, bijvoorbeeld WOL."),
    ("count", "counted_on"): _("De dag van de telling. Telt alleen waar geen praktijken zijn vastgelegd."),
}
"""By kind and attribute."""
BY_NAME: dict[str, Any] = {
    "code": _("Letters, cijfers, punten en streepjes, hoogstens 40."),
    "to_on": _("De laatste dag. Leeg = nog steeds."),
    "from_on": _("De eerste dag. Bijvoorbeeld 1-7-2022 of 1 juli 2022."),
    "due_on": _("De dag waarop het klaar moet zijn."),
    "done_on": _("De dag waarop het klaar was. Leeg = nog niet."),
    "vision_version": _("Het nummer van de versie van de visie."),
    "about_on": _("De dag waarover het stuk gaat, niet de dag waarop u het kreeg."),
    "received_on": _("De dag waarop u het stuk kreeg. Leeg = tegelijk met dit feit."),
    "strength": _("Verklaard = alleen gezegd. Aangetoond = een gedateerd stuk. Gecontroleerd = gezien door de ander."),
    "link": _("Het adres waar het stuk staat."),
    "evidence": _("Een stuk waaruit dit blijkt, met de dag waarover het gaat."),
}
"""By attribute, for every kind that says nothing else."""
_ADD: dict[str, Any] = {
    "evidence": _("Bewijsstuk toevoegen"),
    "vision_support": _("Uitspraak over draagvlak toevoegen"),
    "alignment": _("Uitspraak over de visie toevoegen"),
    "direction_phase": _("Fase toevoegen"),
    "initiative_phase": _("Fase toevoegen"),
    "direction_component": _("Onderdeel toevoegen"),
    "initiative_direction": _("Oplossingsrichting toevoegen"),
    "mandate": _("Mandaat toevoegen"),
    "milestone": _("Mijlpaal toevoegen"),
    "milestone_move": _("Verschuiving toevoegen"),
    "target": _("Streefwaarde toevoegen"),
    "measurement": _("Meting toevoegen"),
    "steering_action": _("Bijsturing toevoegen"),
    "action": _("Actie toevoegen"),
    "period": _("Periode toevoegen"),
    "insured_count": _("Telling toevoegen"),
    "his_use": _("HIS toevoegen"),
    "practice_step": _("Stap toevoegen"),
    "component_use": _("Digitale dienst toevoegen"),
    "mtvp_part": _("Onderdeel van MTVP toevoegen"),
    "standard_use": _("Informatiestandaard toevoegen"),
    "product_version": _("Versie toevoegen"),
    "assessment": _("Beoordeling toevoegen"),
    "invitee": _("Genodigde toevoegen"),
    "agenda_item": _("Agendapunt toevoegen"),
    "remark": _("Opmerking toevoegen"),
    "waiver_signer": _("Ondertekenaar toevoegen"),
}


def hint(kind: type[Record], item: Field) -> Any:
    """The line under a question; None where nobody needs one."""
    is_chosen = item.refers_to is not None or item.catalogue is not None
    by_name = None if is_chosen else BY_NAME.get(item.attribute)
    found = BY_FIELD.get((kind.declared.name, item.attribute)) or by_name
    if found is None and item.sort is Sort.DAY:
        return _DAY
    return found


def add_word(kind: type[Record]) -> Any:
    """What the button says that adds a row."""
    return _ADD.get(kind.declared.name) or gettext("Rij toevoegen")


def fold_word(parts: list[Any]) -> str:
    """The title of a part to open: what is in it."""
    names = [str(part.rows.label if part.rows is not None else part.question.label.text) for part in parts]
    listed = ", ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
    return str(gettext("Meer: %(names)s", names=listed))
