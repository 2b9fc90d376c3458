"""Records of a meeting as people write them in a file: planned and open, held and locked, opinions and actions."""

MEETINGS = """
format: regiotracker/dossier@1
fictional: true
cooperations:
  - code: HOL
    name: RSV Hollerdiep
    rounds:
      - number: 9
        invited_on: 2026-09-01
        planned_on: 2026-11-16
        self_scored_on: 2026-09-20
        invitees: [{person: An de Wit, party: cooperation}, {person: Bo Smit}]
        agenda: [{code: a1, position: 1, text: Het contract is afgelopen, origin: contract_in_force, carried_from: 3}]
        scores: [{topic: jzojp, self: 5, insurer: 1, note: Wij zien veel}]
        remarks: [{stated_on: 2026-09-21, person: Bo Smit, text: Graag eerder}]
    actions:
      - code: A1
        text: Contract voorbereiden
        agreed_on: 2026-09-01
        owner: An de Wit
        owner_email: an@hollerdiep.example
        due_on: 2026-10-15
        origin: "9"
      - code: A2
        text: Tarief uitleggen
        agreed_on: 2026-09-01
        party: insurer
        owner: Bo
        owner_email: bo@menzis.example
    opinions:
      - rule: vision_on_time
        subject: HOL
        party: cooperation
        stated_on: 2026-09-01
        agrees: false
        reason: De visie lag er al in juni.
        resolve_by: 2026-09-30
      - {rule: vision_on_time, subject: HOL, party: insurer, insurer: menzis, stated_on: 2026-08-01, agrees: true}
    waivers:
      - rule: contract_in_force
        subject: HOL
        agreed_on: 2026-02-01
        signer: A. de Boer
        reason: Er wordt onderhandeld
        signers:
          - {party: cooperation, person: A. de Boer, signed_on: 2026-02-01}
          - {party: insurer, person: C. Vos, signed_on: 2026-02-03}
        evidence: [{title: Brief 2, about_on: 2026-02-01, valid_until: 2026-12-31, replaces: Brief 1}]
"""
