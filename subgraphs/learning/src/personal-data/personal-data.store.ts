import type { PersonalRecord } from "@lentera/kit";

const IDS_ONLY = "Says nothing of who somebody is, and other people's scores and statistics rest on it.";

/** Everything that this subgraph stores about people. */
export const PERSONAL_DATA: readonly PersonalRecord[] = [
  {
    name: "attempts",
    rows: `select a.id, a.tryout_id, t.title, a.organization_id, a.status, a.started_at, a.deadline, a.submitted_at,
             s.ability, s.scaled, s.standard_error, s.interval_low, s.interval_high, s.scored_at
           from attempts a join tryouts t on t.id = a.tryout_id left join attempt_scores s on s.attempt_id = a.id
           where a.student_id = $1::uuid`,
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "subtestScores",
    rows: `select s.attempt_id, s.subtest, s.ability, s.scaled, s.standard_error, s.correct, s.total
           from subtest_scores s join attempts a on a.id = s.attempt_id where a.student_id = $1::uuid`,
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "answers",
    rows: `select n.attempt_id, n.item_id, n.response, n.answered_at, n.elapsed_ms, n.received_at
           from answers n join attempts a on a.id = n.attempt_id where a.student_id = $1::uuid`,
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "points",
    rows: "select source, points, created_at from xp_events where user_id = $1::uuid",
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "leaderboards",
    rows: `select l.scope, l.organization_id, e.points, e.reached_at
           from leaderboard_entries e join leaderboards l on l.id = e.leaderboard_id where e.user_id = $1::uuid`,
    erasure: ["delete from leaderboard_entries where user_id = $1::uuid"],
  },
  {
    name: "progress",
    rows: "select to_jsonb(l) - 'user_id' as progress from learners l where l.user_id = $1::uuid",
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "studyDays",
    rows: "select to_jsonb(d) - 'user_id' as study_day from study_days d where d.user_id = $1::uuid",
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "cohorts",
    rows: "select cohort_id, joined_at, left_at from cohort_members where user_id = $1::uuid",
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "questions",
    rows: `select id, code, subtest, status, stem, version, organization_id, created_at from items where author_id = $1::uuid`,
    erasure: { kept: "It belongs to the question bank, and of its author it has the id only." },
  },
  {
    name: "questionVersions",
    rows: "select item_id, version, created_at from item_versions where author_id = $1::uuid",
    erasure: { kept: "It belongs to the question bank, and of its author it has the id only." },
  },
  {
    name: "achievements",
    rows: `select code, tier, granted_at from achievement_grants where user_id = $1::uuid`,
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "practice",
    rows: `select id, exam_type_id, subtest, ability, ability_error, started_at, ended_at, end_reason from practice_sessions where student_id = $1::uuid`,
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "challenges",
    rows: `select m.challenge_id, c.title, m.status, m.answered_at, m.result, m.rank, m.is_winner from challenge_members m join challenges c on c.id = m.challenge_id where m.user_id = $1::uuid`,
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "entitlements",
    rows: "select code, valid_from, valid_until from entitlements where user_id = $1::uuid",
    erasure: ["delete from entitlements where user_id = $1::uuid"],
  },
  {
    name: "offlineDevices",
    rows: "select id, name, public_key, registered_at, revoked_at from offline_devices where user_id = $1::uuid",
    // The name is the person's own words, e.g. their own name.
    erasure: [
      "update offline_devices set name = '-', revoked_at = coalesce(revoked_at, now()) where user_id = $1::uuid",
    ],
  },
  {
    name: "offlinePackages",
    rows: `select p.id, c.tryout_id, c.version, p.device_id, p.organization_id, p.issued_at, p.expires_at
           from offline_packages p join offline_contents c on c.id = p.content_id where p.student_id = $1::uuid`,
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "offlineSittings",
    rows: `select id, package_id, tryout_id, started_at, finished_at, verdict, reasons, position, attempt_id
           from offline_sittings where student_id = $1::uuid`,
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "offlineEntries",
    rows: `select e.sitting_id, e.sequence, e.kind, e.item_id, e.response, e.elapsed_ms, e.answered_at, e.received_at
           from offline_entries e join offline_sittings s on s.id = e.sitting_id where s.student_id = $1::uuid`,
    erasure: { kept: IDS_ONLY },
  },
  {
    name: "syncItems",
    rows: `select client_id, kind, priority, payload, created_at, received_at, status, reason
           from sync_items where user_id = $1::uuid`,
    // What a client tells of its use may say anything; the chains of answers rest on the rest.
    erasure: ["update sync_items set payload = '{}' where user_id = $1::uuid and kind <> 'ANSWER'"],
  },
  {
    name: "goals",
    rows: `select id, student_id, created_by_id, kind, title, target, status, starts_at, ends_at, reward_note, reward_claimed_at,
             completed_at, created_at from goals where student_id = $1::uuid or created_by_id = $1::uuid`,
    // Title and reward are somebody's own words, e.g. a name.
    erasure: [
      `update goals set title = '-', reward_note = case when reward_note is not null then '-' end
       where student_id = $1::uuid or created_by_id = $1::uuid`,
    ],
  },
  {
    name: "guardianReports",
    rows: `select id, guardian_id, student_id, kind, starts_on, ends_on, content, created_at, read_at
           from guardian_reports where student_id = $1::uuid or guardian_id = $1::uuid`,
    erasure: ["delete from guardian_reports where student_id = $1::uuid or guardian_id = $1::uuid"],
  },
  {
    name: "guardianFollows",
    rows: `select link_id, guardian_id, student_id, verified_at, ended_at
           from guardian_follows where student_id = $1::uuid or guardian_id = $1::uuid`,
    erasure: ["delete from guardian_follows where student_id = $1::uuid or guardian_id = $1::uuid"],
  },
];
