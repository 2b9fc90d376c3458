"""One hand-written statement that gives subject and status of R01-R11, without reasons, records or proof.

It is the measure for the engine: what a database can answer by itself. It knows one programme and its dates by heart;
the benchmark checks that it says the same as the rules.
"""

# The switches of menzis-2022: the deadline, the soft deadline and three directions.
ANCHOR = """
WITH coop AS MATERIALIZED (
  SELECT c.id, c.code, EXISTS (
    SELECT 1 FROM insurer_link i WHERE i.parent_id = c.id AND i.insurer = 'menzis'
      AND i.from_on <= :day AND (i.to_on IS NULL OR i.to_on >= :day)) AS framed
  FROM cooperation c
),
standing AS MATERIALIZED (
  SELECT v.id, v.parent_id, v.version, v.adopted_on,
    row_number() OVER (PARTITION BY v.parent_id ORDER BY v.adopted_on DESC, v.version DESC) AS place
  FROM vision v
  WHERE v.adopted_on <= :day AND (v.withdrawn_on IS NULL OR v.withdrawn_on > :day)
),
latest AS (SELECT * FROM standing WHERE place = 1),
first_vision AS (SELECT parent_id, min(adopted_on) AS adopted_on FROM standing GROUP BY parent_id),
parts AS MATERIALIZED (
  SELECT l.parent_id, count(DISTINCT t.part) AS n FROM latest l
  JOIN vision_text t ON t.parent_id = l.id AND t.recorded_on <= :day GROUP BY l.parent_id
),
support AS MATERIALIZED (
  SELECT parent_id, supported FROM (
    SELECT l.parent_id, s.supported, row_number() OVER (PARTITION BY l.id ORDER BY s.stated_on DESC) AS place
    FROM latest l JOIN vision_support s ON s.parent_id = l.id AND s.stated_on <= :day) AS ranked
  WHERE place = 1
),
lead AS MATERIALIZED (
  SELECT parent_id,
    max(CASE WHEN from_on <= :deadline AND (to_on IS NULL OR to_on >= :deadline) THEN 1 ELSE 0 END) AS on_deadline,
    max(CASE WHEN from_on > :deadline THEN 1 ELSE 0 END) AS later,
    max(CASE WHEN to_on IS NULL OR to_on >= :day THEN 1 ELSE 0 END) AS now
  FROM ict_lead WHERE from_on <= :day GROUP BY parent_id
),
facility AS MATERIALIZED (
  SELECT id, parent_id, from_on, to_on, CASE WHEN from_on > :deadline THEN from_on ELSE :deadline END AS first_on,
    CASE WHEN to_on < :day THEN to_on ELSE :day END AS last_on
  FROM ict_support WHERE from_on <= :day
),
candidate AS MATERIALIZED (
  SELECT id, parent_id, first_on AS on_day FROM facility WHERE first_on <= last_on
  UNION
  SELECT f.id, f.parent_id, a.stated_on FROM facility f JOIN ict_support_alignment a ON a.parent_id = f.id
  WHERE a.stated_on > f.first_on AND a.stated_on <= f.last_on
),
aligned AS MATERIALIZED (
  SELECT parent_id, min(on_day) AS since FROM candidate c WHERE (
    SELECT a.aligned FROM ict_support_alignment a WHERE a.parent_id = c.id AND a.stated_on <= c.on_day
    ORDER BY a.stated_on DESC, a.vision_version DESC LIMIT 1)
  GROUP BY parent_id
),
present AS MATERIALIZED (
  SELECT parent_id, max(CASE WHEN from_on <= :deadline THEN 1 ELSE 0 END) AS at_deadline FROM facility
  WHERE to_on IS NULL OR to_on >= :deadline GROUP BY parent_id
),
phase AS MATERIALIZED (
  SELECT p.parent_id, p.phase, p.reached_on, CASE p.phase WHEN 'selected' THEN 1 WHEN 'pilot' THEN 2
    WHEN 'implementing' THEN 3 WHEN 'in_use' THEN 4 ELSE 5 END AS rank
  FROM direction_phase p WHERE p.reached_on <= :day
),
phase_now AS MATERIALIZED (
  SELECT parent_id, phase FROM (SELECT parent_id, phase,
    row_number() OVER (PARTITION BY parent_id ORDER BY reached_on DESC, rank DESC) AS place FROM phase) AS ranked
  WHERE place = 1
),
phase_soft AS MATERIALIZED (
  SELECT parent_id, phase FROM (SELECT parent_id, phase,
    row_number() OVER (PARTITION BY parent_id ORDER BY reached_on DESC, rank DESC) AS place FROM phase
    WHERE reached_on <= :soft) AS ranked
  WHERE place = 1
),
direction_now AS MATERIALIZED (
  SELECT d.parent_id, d.id, n.phase, n.phase <> 'stopped' AS chosen, n.phase IN ('implementing', 'in_use') AS busy,
    coalesce(s.phase, 'stopped') <> 'stopped' AS chosen_then
  FROM direction d JOIN phase_now n ON n.parent_id = d.id LEFT JOIN phase_soft s ON s.parent_id = d.id
),
counted AS MATERIALIZED (
  SELECT parent_id, sum(CASE WHEN chosen THEN 1 ELSE 0 END) AS n, sum(CASE WHEN busy THEN 1 ELSE 0 END) AS busy,
    sum(CASE WHEN chosen_then THEN 1 ELSE 0 END) AS m, max(CASE WHEN phase = 'pilot' THEN 1 ELSE 0 END) AS pilot
  FROM direction_now GROUP BY parent_id
),
said AS MATERIALIZED (
  SELECT d.parent_id, d.id, (
    SELECT a.aligned FROM direction_alignment a
    WHERE a.parent_id = d.id AND a.vision_version = l.version AND a.stated_on <= :day
    ORDER BY a.stated_on DESC LIMIT 1) AS aligned
  FROM direction_now d JOIN latest l ON l.parent_id = d.parent_id WHERE d.chosen
),
alignment AS MATERIALIZED (
  SELECT parent_id, sum(CASE WHEN NOT aligned THEN 1 ELSE 0 END) AS refused,
    sum(CASE WHEN aligned IS NULL THEN 1 ELSE 0 END) AS unknown FROM said GROUP BY parent_id
),
lines AS MATERIALIZED (
  SELECT parent_id, count(DISTINCT line) AS n, max(CASE WHEN line = 'pilots' THEN 1 ELSE 0 END) AS pilots
  FROM support_activity WHERE from_on <= :day AND (to_on IS NULL OR to_on >= :day) GROUP BY parent_id
),
scopes AS MATERIALIZED (
  SELECT parent_id, max(CASE WHEN CAST(scopes AS TEXT) LIKE '%implementation%' THEN 1 ELSE 0 END)
    + max(CASE WHEN CAST(scopes AS TEXT) LIKE '%financing%' THEN 1 ELSE 0 END) AS n
  FROM contract WHERE insurer = 'menzis' AND signed_on <= :day AND starts_on <= :day
    AND (ends_on IS NULL OR ends_on >= :day)
    AND (terminated_on IS NULL OR terminated_on >= :day) GROUP BY parent_id
),
offers AS MATERIALIZED (
  SELECT DISTINCT parent_id FROM participation_offer WHERE from_on <= :day AND (to_on IS NULL OR to_on >= :day)
),
open_region AS MATERIALIZED (
  SELECT c.id, coalesce(l.pilots, 0) = 1 OR coalesce(k.pilot, 0) = 1 OR o.parent_id IS NOT NULL AS offers
  FROM coop c LEFT JOIN lines l ON l.parent_id = c.id LEFT JOIN counted k ON k.parent_id = c.id
  LEFT JOIN offers o ON o.parent_id = c.id
),
member AS MATERIALIZED (
  SELECT DISTINCT m.parent_id FROM practice_membership m
  WHERE m.from_on <= :day AND (m.to_on IS NULL OR m.to_on >= :day)
),
step AS MATERIALIZED (
  SELECT parent_id, count(DISTINCT step) AS n, max(CASE WHEN step = 'participation' THEN 1 ELSE 0 END) AS takes_part
  FROM practice_step WHERE from_on <= :day AND (to_on IS NULL OR to_on >= :day) GROUP BY parent_id
),
region AS MATERIALIZED (
  SELECT c.code, c.framed, f.adopted_on AS first_adopted, l.id AS vision, p.n AS parts, s.supported, g.on_deadline,
    g.later, g.now, t.since, e.at_deadline, e.parent_id AS present, k.n AS chosen, k.m AS chosen_then, k.busy,
    a.refused, a.unknown, coalesce(b.n, 0) AS lines, coalesce(r.n, 0) AS scopes
  FROM coop c
  LEFT JOIN first_vision f ON f.parent_id = c.id LEFT JOIN latest l ON l.parent_id = c.id
  LEFT JOIN parts p ON p.parent_id = c.id LEFT JOIN support s ON s.parent_id = c.id
  LEFT JOIN lead g ON g.parent_id = c.id LEFT JOIN aligned t ON t.parent_id = c.id
  LEFT JOIN present e ON e.parent_id = c.id LEFT JOIN counted k ON k.parent_id = c.id
  LEFT JOIN alignment a ON a.parent_id = c.id LEFT JOIN lines b ON b.parent_id = c.id
  LEFT JOIN scopes r ON r.parent_id = c.id
)
SELECT code, 'R01', CASE WHEN NOT framed THEN 'NA' WHEN first_adopted <= :deadline THEN 'MET'
  WHEN first_adopted IS NOT NULL THEN 'LATE' WHEN :day <= :deadline THEN 'PENDING' ELSE 'NOT_MET' END FROM region
UNION ALL SELECT code, 'R02', CASE WHEN NOT framed THEN 'NA'
  WHEN vision IS NULL THEN CASE WHEN :day <= :deadline THEN 'PENDING' ELSE 'NOT_MET' END
  WHEN supported AND parts = 4 THEN 'MET' ELSE 'PARTIAL' END FROM region
UNION ALL SELECT code, 'R03', CASE WHEN NOT framed THEN 'NA' WHEN :day < :deadline THEN 'PENDING'
  WHEN on_deadline = 1 THEN 'MET' WHEN :day = :deadline THEN 'PENDING' WHEN later = 1 THEN 'LATE'
  ELSE 'NOT_MET' END FROM region
UNION ALL SELECT code, 'R04', CASE WHEN NOT framed THEN 'NA' WHEN now = 1 THEN 'MET'
  WHEN :day <= :deadline THEN 'PENDING' ELSE 'NOT_MET' END FROM region
UNION ALL SELECT code, 'R05', CASE WHEN NOT framed THEN 'NA' WHEN :day < :deadline THEN 'PENDING'
  WHEN since = :deadline THEN 'MET' WHEN :day = :deadline AND coalesce(at_deadline, 0) = 0 THEN 'PENDING'
  WHEN since IS NOT NULL THEN 'LATE' WHEN present IS NOT NULL THEN 'PARTIAL' ELSE 'NOT_MET' END FROM region
UNION ALL SELECT code, 'R06', CASE WHEN NOT framed THEN 'NA' WHEN chosen >= 3 AND chosen_then >= 3 THEN 'MET'
  WHEN chosen >= 3 THEN 'LATE' WHEN :day <= :soft THEN 'PENDING' ELSE 'NOT_MET' END FROM region
UNION ALL SELECT code, 'R07', CASE WHEN NOT framed THEN 'NA' WHEN busy >= 3 THEN 'MET'
  WHEN :day <= :soft THEN 'PENDING' ELSE 'NOT_MET' END FROM region
UNION ALL SELECT code, 'R08', CASE WHEN NOT framed OR coalesce(chosen, 0) = 0 THEN 'NA'
  WHEN vision IS NULL THEN CASE WHEN :day <= :deadline THEN 'PENDING' ELSE 'NOT_MET' END
  WHEN refused > 0 THEN 'NOT_MET' WHEN unknown > 0 THEN 'UNKNOWN' ELSE 'MET' END FROM region
UNION ALL SELECT code, 'R09', CASE WHEN NOT framed THEN 'NA' WHEN lines = 3 THEN 'MET'
  WHEN :day <= :soft THEN 'PENDING' WHEN lines > 0 THEN 'PARTIAL' ELSE 'NOT_MET' END FROM region
UNION ALL SELECT code, 'R10', CASE WHEN NOT framed THEN 'NA' WHEN scopes = 2 THEN 'MET'
  WHEN :day <= :soft THEN 'PENDING' WHEN scopes = 1 THEN 'PARTIAL' ELSE 'NOT_MET' END FROM region
UNION ALL SELECT p.code, 'R11', CASE WHEN NOT c.framed THEN 'NA'
  WHEN coalesce(s.n, 0) = CASE WHEN s.takes_part = 1 OR o.offers THEN 4 ELSE 3 END THEN 'MET'
  WHEN :day <= :soft THEN 'PENDING' WHEN s.n > 0 THEN 'PARTIAL' ELSE 'NOT_MET' END
  FROM practice p JOIN member m ON m.parent_id = p.id JOIN coop c ON c.id = p.parent_id
  JOIN open_region o ON o.id = p.parent_id LEFT JOIN step s ON s.parent_id = p.id
"""
