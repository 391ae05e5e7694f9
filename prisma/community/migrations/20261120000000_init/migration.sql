-- CreateEnum
CREATE TYPE "NotificationType" AS ENUM ('ATTEMPT_SCORED');

-- CreateTable
CREATE TABLE "conversations" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "last_message_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sequence" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation_participants" (
    "conversation_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "read_sequence" INTEGER NOT NULL DEFAULT 0,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_participants_pkey" PRIMARY KEY ("conversation_id","user_id")
);

-- CreateTable
CREATE TABLE "messages" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "conversation_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "type" "NotificationType" NOT NULL,
    "data" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "conversation_participants_user_id_idx" ON "conversation_participants"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_conversation_id_sequence_key" ON "messages"("conversation_id", "sequence");

-- CreateIndex
CREATE INDEX "notifications_user_id_created_at_id_idx" ON "notifications"("user_id", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "conversation_participants" ADD CONSTRAINT "conversation_participants_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------------------
-- By hand: what Prisma's schema cannot say.

ALTER TABLE "conversations" ADD CONSTRAINT "conversations_last_sequence_check" CHECK (last_sequence >= 0);
ALTER TABLE "conversation_participants" ADD CONSTRAINT "conversation_participants_read_sequence_check"
  CHECK (read_sequence >= 0);
ALTER TABLE "messages" ADD CONSTRAINT "messages_sequence_check" CHECK (sequence > 0);
ALTER TABLE "messages" ADD CONSTRAINT "messages_text_check" CHECK (char_length(text) BETWEEN 1 AND 4000);

-- A conversation has 2 to 50 participants when a transaction ends, whatever it was in between.
CREATE FUNCTION app.check_participant_count() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  conversation uuid;
BEGIN
  IF tg_table_name = 'conversations' THEN conversation := new.id;
  ELSIF tg_op = 'INSERT' THEN conversation := new.conversation_id;
  ELSE conversation := old.conversation_id;
  END IF;
  IF EXISTS (SELECT FROM public.conversations c WHERE c.id = conversation)
    AND (SELECT count(*) FROM public.conversation_participants p WHERE p.conversation_id = conversation)
      NOT BETWEEN 2 AND 50 THEN
    RAISE EXCEPTION 'a conversation has 2 to 50 participants' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "participant_count" AFTER INSERT ON "conversations"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.check_participant_count();
CREATE CONSTRAINT TRIGGER "participant_count" AFTER INSERT OR DELETE ON "conversation_participants"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.check_participant_count();

-- Row level security. A conversation belongs to its participants alone: there is no policy for staff, and none for
-- app.bypass(), so that not even background work reads what people write to each other.

-- Runs as its owner: a policy of conversation_participants that looked into conversation_participants itself would
-- never come to an end. It answers about nobody but the viewer, once for the statement.
CREATE FUNCTION app.viewer_conversation_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT p.conversation_id FROM public.conversation_participants p WHERE p.user_id = (SELECT app.user_id());
END;
REVOKE EXECUTE ON FUNCTION app.viewer_conversation_ids(), app.check_participant_count() FROM PUBLIC;

ALTER TABLE "conversations" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "conversations" FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "conversations" FOR SELECT USING (id IN (SELECT app.viewer_conversation_ids()));
CREATE POLICY "change" ON "conversations" FOR UPDATE USING (id IN (SELECT app.viewer_conversation_ids()));

ALTER TABLE "conversation_participants" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "conversation_participants" FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "conversation_participants" FOR SELECT USING (
  user_id = (SELECT app.user_id()) OR conversation_id IN (SELECT app.viewer_conversation_ids()));
CREATE POLICY "change" ON "conversation_participants" FOR UPDATE USING (user_id = (SELECT app.user_id()))
  WITH CHECK (user_id = (SELECT app.user_id()) AND conversation_id IN (SELECT app.viewer_conversation_ids()));

ALTER TABLE "messages" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "messages" FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "messages" FOR SELECT USING (conversation_id IN (SELECT app.viewer_conversation_ids()));
CREATE POLICY "add" ON "messages" FOR INSERT WITH CHECK (
  author_id = (SELECT app.user_id()) AND conversation_id IN (SELECT app.viewer_conversation_ids()));

ALTER TABLE "notifications" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "notifications" FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "notifications" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "change" ON "notifications" FOR UPDATE USING (user_id = (SELECT app.user_id()));
CREATE POLICY "add" ON "notifications" FOR INSERT WITH CHECK ((SELECT app.bypass()));
