-- Who begins or ceases to be active in a class is told to the other subgraphs (class.members-changed, see events.ts) by the
-- database itself, because enrollments change in many ways: enrolling, importing, moving up, leaving.

CREATE FUNCTION publish_class_members(organization uuid, class uuid, joined uuid[], gone uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  event_id text := gen_random_uuid()::text;
BEGIN
  PERFORM app.add_job('event.publish', json_build_object(
    'id', event_id, 'type', 'class.members-changed', 'version', 1,
    'occurredAt', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', json_build_object('classId', class, 'organizationId', organization, 'joined', joined, 'left', gone)
  ), event_id);
END $$;

CREATE FUNCTION tell_of_enrollment_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_class_members(organization_id, class_id, array_agg(student_id), '{}')
  FROM new_rows WHERE status = 'ACTIVE' AND class_id IS NOT NULL GROUP BY organization_id, class_id;
  RETURN NULL;
END $$;
CREATE FUNCTION tell_of_enrollment_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_class_members(organization_id, class_id, '{}', array_agg(student_id))
  FROM old_rows WHERE status = 'ACTIVE' AND class_id IS NOT NULL GROUP BY organization_id, class_id;
  RETURN NULL;
END $$;
CREATE FUNCTION tell_of_enrollment_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM publish_class_members(organization_id, class_id,
    coalesce(array_agg(student_id) FILTER (WHERE change > 0), '{}'), coalesce(array_agg(student_id) FILTER (WHERE change < 0), '{}'))
  FROM (
    SELECT organization_id, class_id, student_id, sum(change) AS change
    FROM (
      SELECT organization_id, class_id, student_id, status, -1 AS change FROM old_rows
      UNION ALL
      SELECT organization_id, class_id, student_id, status, 1 FROM new_rows
    ) AS side
    WHERE status = 'ACTIVE' AND class_id IS NOT NULL
    GROUP BY organization_id, class_id, student_id HAVING sum(change) <> 0
  ) AS member
  GROUP BY organization_id, class_id;
  RETURN NULL;
END $$;
CREATE TRIGGER "tell_of_insert" AFTER INSERT ON "enrollments" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_enrollment_insert();
CREATE TRIGGER "tell_of_delete" AFTER DELETE ON "enrollments" REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_enrollment_delete();
CREATE TRIGGER "tell_of_update" AFTER UPDATE ON "enrollments" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_enrollment_update();
