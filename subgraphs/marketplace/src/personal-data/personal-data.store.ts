import type { PersonalRecord } from "@lentera/kit";

/** Everything that this subgraph stores about people. */
export const PERSONAL_DATA: readonly PersonalRecord[] = [
  {
    name: "tutorProfile",
    rows: `select id, headline, bio, teaching_modes, base_city, hourly_rate_minor::text, currency, verification_status, status,
             rating_sum, rating_count, completed_lessons_count, created_at, updated_at
           from tutor_profiles where user_id = $1::uuid`,
    // an inactive profile is in no search; triggers take its words out of the index
    erasure: [
      `update tutor_profiles set headline = '—', bio = '', base_city = '—',
         status = case when status = 'BANNED' then status else 'INACTIVE' end
       where user_id = $1::uuid`,
    ],
  },
  {
    name: "subjects",
    rows: `select t.subject_id, s.name, t.level, t.rate_override_minor::text
           from tutor_subjects t join subjects s on s.id = t.subject_id join tutor_profiles p on p.id = t.tutor_id
           where p.user_id = $1::uuid`,
    erasure: { kept: "Says nothing of who somebody is." },
  },
];
