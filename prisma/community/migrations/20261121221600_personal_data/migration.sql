-- Background work that acts for a person who wants to be forgotten takes out what they wrote and were told: theirs alone.

CREATE POLICY "forget" ON "messages" FOR UPDATE USING (
  author_id = (SELECT app.user_id()) AND (SELECT app.bypass()));
CREATE POLICY "forget" ON "notifications" FOR DELETE USING (
  user_id = (SELECT app.user_id()) AND (SELECT app.bypass()));
