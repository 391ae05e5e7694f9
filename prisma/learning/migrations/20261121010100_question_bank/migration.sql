-- CreateEnum
CREATE TYPE "ItemKind" AS ENUM ('SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE_TABLE', 'NUMERIC');

-- CreateEnum
CREATE TYPE "CategoryKind" AS ENUM ('SUBJECT', 'CHAPTER', 'TOPIC', 'SUBTOPIC');

-- AlterTable
ALTER TABLE "item_keys" ADD COLUMN     "calibrated_at" TIMESTAMPTZ(3),
ADD COLUMN     "explanations" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "tolerance" DOUBLE PRECISION NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "items" ADD COLUMN     "author_id" UUID,
ADD COLUMN     "category_id" UUID,
ADD COLUMN     "image_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "import_hash" TEXT,
ADD COLUMN     "kind" "ItemKind" NOT NULL DEFAULT 'SINGLE_CHOICE',
ADD COLUMN     "organization_id" UUID,
ADD COLUMN     "origin_id" UUID,
ADD COLUMN     "published_at" TIMESTAMPTZ(3),
ADD COLUMN     "replaces_id" UUID,
ADD COLUMN     "review_note" TEXT,
ADD COLUMN     "reviewer_id" UUID,
ADD COLUMN     "translations" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "item_parameters" (
    "item_id" UUID NOT NULL,
    "exam_type_id" UUID NOT NULL,
    "discrimination" DOUBLE PRECISION NOT NULL,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "guessing" DOUBLE PRECISION NOT NULL,
    "calibrated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_parameters_pkey" PRIMARY KEY ("item_id","exam_type_id")
);

-- CreateTable
CREATE TABLE "item_versions" (
    "origin_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "item_versions_pkey" PRIMARY KEY ("origin_id","version")
);

-- CreateTable
CREATE TABLE "item_usage" (
    "item_id" UUID NOT NULL,
    "tryout_count" INTEGER NOT NULL,
    "exposure_count" INTEGER NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "item_usage_pkey" PRIMARY KEY ("item_id")
);

-- CreateTable
CREATE TABLE "categories" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID,
    "exam_type_id" UUID,
    "parent_id" UUID,
    "kind" "CategoryKind" NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL DEFAULT '',
    "level" INTEGER NOT NULL DEFAULT 1,
    "color" TEXT,
    "icon_id" UUID,
    "sort_order" INTEGER NOT NULL DEFAULT 0,
    "is_active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "item_versions_item_id_idx" ON "item_versions"("item_id");

-- CreateIndex
CREATE INDEX "categories_parent_id_idx" ON "categories"("parent_id");

-- CreateIndex
CREATE INDEX "categories_path_id_idx" ON "categories"("path", "id");

-- CreateIndex
CREATE INDEX "items_organization_id_created_at_id_idx" ON "items"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "items_category_id_idx" ON "items"("category_id");

-- CreateIndex
CREATE INDEX "items_origin_id_idx" ON "items"("origin_id");

-- AddForeignKey
ALTER TABLE "items" ADD CONSTRAINT "items_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "items" ADD CONSTRAINT "items_origin_id_fkey" FOREIGN KEY ("origin_id") REFERENCES "items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "items" ADD CONSTRAINT "items_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_parameters" ADD CONSTRAINT "item_parameters_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_parameters" ADD CONSTRAINT "item_parameters_exam_type_id_fkey" FOREIGN KEY ("exam_type_id") REFERENCES "exam_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_versions" ADD CONSTRAINT "item_versions_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_usage" ADD CONSTRAINT "item_usage_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "categories" ADD CONSTRAINT "categories_exam_type_id_fkey" FOREIGN KEY ("exam_type_id") REFERENCES "exam_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "items" ADD CONSTRAINT "items_reviewer_check" CHECK (reviewer_id IS NULL OR reviewer_id IS DISTINCT FROM author_id);
-- What came with the platform has no author; everything else is on the shelf only after somebody has reviewed it.
ALTER TABLE "items" ADD CONSTRAINT "items_reviewed_check"
  CHECK (status NOT IN ('APPROVED', 'PUBLISHED') OR author_id IS NULL OR reviewer_id IS NOT NULL);
ALTER TABLE "items" ADD CONSTRAINT "items_version_check" CHECK (version > 0);
ALTER TABLE "item_keys" ADD CONSTRAINT "item_keys_tolerance_check" CHECK (tolerance >= 0);
ALTER TABLE "item_parameters" ADD CONSTRAINT "item_parameters_check"
  CHECK (discrimination > 0 AND guessing >= 0 AND guessing < 1);
ALTER TABLE "item_usage" ADD CONSTRAINT "item_usage_check" CHECK (tryout_count >= 0 AND exposure_count >= 0);
ALTER TABLE "categories" ADD CONSTRAINT "categories_name_check" CHECK (name <> '' AND name NOT LIKE '%/%');
ALTER TABLE "categories" ADD CONSTRAINT "categories_path_check" CHECK (length(path) BETWEEN 1 AND 500);
ALTER TABLE "categories" ADD CONSTRAINT "categories_color_check" CHECK (color ~ '^#[0-9A-Fa-f]{6}$');

CREATE UNIQUE INDEX "items_import_hash_key" ON "items" (coalesce(organization_id, '00000000-0000-0000-0000-000000000000'), import_hash);
-- One revision of a published item at a time.
CREATE UNIQUE INDEX "items_replaces_key" ON "items" (replaces_id) WHERE status <> 'ARCHIVED';
CREATE UNIQUE INDEX "categories_sibling_key" ON "categories"
  (coalesce(organization_id, '00000000-0000-0000-0000-000000000000'), coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), name);

-- An item moves along its table of states, is changed only as a draft, and is approved by nobody who wrote at it.
CREATE FUNCTION guard_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> OLD.status THEN
    IF (OLD.status, NEW.status) NOT IN (('DRAFT', 'REVIEW'), ('DRAFT', 'ARCHIVED'), ('REVIEW', 'DRAFT'), ('REVIEW', 'APPROVED'),
      ('APPROVED', 'DRAFT'), ('APPROVED', 'PUBLISHED'), ('PUBLISHED', 'ARCHIVED')) THEN
      RAISE EXCEPTION 'an item does not go from % to %', OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.status = 'APPROVED' AND EXISTS (
      SELECT FROM item_versions v WHERE v.item_id = NEW.id AND v.author_id = NEW.reviewer_id) THEN
      RAISE EXCEPTION 'nobody approves what they wrote' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  IF OLD.status <> 'DRAFT' AND (OLD.stem, OLD.options, OLD.kind, OLD.language, OLD.passage_id, OLD.image_ids, OLD.translations,
    OLD.exam_type_id, OLD.version, OLD.author_id) IS DISTINCT FROM (NEW.stem, NEW.options, NEW.kind, NEW.language,
    NEW.passage_id, NEW.image_ids, NEW.translations, NEW.exam_type_id, NEW.version, NEW.author_id) THEN
    RAISE EXCEPTION 'an item is changed only as a draft' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "guard" BEFORE UPDATE ON "items" FOR EACH ROW EXECUTE FUNCTION guard_item();

CREATE FUNCTION guard_item_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.correct, OLD.tolerance, OLD.explanation, OLD.explanations) IS DISTINCT FROM
    (NEW.correct, NEW.tolerance, NEW.explanation, NEW.explanations)
    AND (SELECT status FROM items WHERE id = NEW.item_id) IS DISTINCT FROM 'DRAFT' THEN
    RAISE EXCEPTION 'a key is changed only in a draft' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "guard" BEFORE UPDATE ON "item_keys" FOR EACH ROW EXECUTE FUNCTION guard_item_key();
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "item_versions" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Paths and levels follow the parents. Moves wait for each other, as two of them could close a circle together.
CREATE FUNCTION place_category() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  above categories;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('categories'));
  IF NEW.parent_id IS NULL THEN
    NEW.path := NEW.name;
    NEW.level := 1;
    RETURN NEW;
  END IF;
  IF EXISTS (
    WITH RECURSIVE ancestor AS (
      SELECT id, parent_id FROM categories WHERE id = NEW.parent_id
      UNION SELECT c.id, c.parent_id FROM categories c JOIN ancestor a ON c.id = a.parent_id
    ) SELECT FROM ancestor WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'a category is not below itself' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT * INTO above FROM categories WHERE id = NEW.parent_id;
  IF above.organization_id IS NOT NULL AND above.organization_id IS DISTINCT FROM NEW.organization_id THEN
    RAISE EXCEPTION 'a category is not below one of another organization' USING ERRCODE = 'restrict_violation';
  END IF;
  NEW.path := above.path || '/' || NEW.name;
  NEW.level := above.level + 1;
  RETURN NEW;
END $$;
CREATE TRIGGER "place" BEFORE INSERT OR UPDATE ON "categories" FOR EACH ROW EXECUTE FUNCTION place_category();
CREATE FUNCTION place_subcategories() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE categories SET level = level WHERE parent_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER "place_below" AFTER UPDATE ON "categories" FOR EACH ROW
  WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION place_subcategories();

-- Who sees what: staff write at what belongs to their organization and read what the platform has published, without keys.

CREATE POLICY "staff" ON "items" USING ((SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "shelf" ON "items" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id IS NULL AND status = 'PUBLISHED');
CREATE POLICY "staff" ON "item_keys" USING ((SELECT app.is_staff()) AND EXISTS (
  SELECT FROM items i WHERE i.id = item_id AND i.organization_id = (SELECT app.organization_id())));

ALTER TABLE "item_parameters" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "item_parameters" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "item_parameters" USING ((SELECT app.is_staff()) AND EXISTS (
  SELECT FROM items i WHERE i.id = item_id AND i.organization_id = (SELECT app.organization_id())));
CREATE POLICY "system" ON "item_parameters" USING ((SELECT app.bypass()));

ALTER TABLE "item_versions" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "item_versions" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "item_versions" USING ((SELECT app.is_staff()) AND EXISTS (
  SELECT FROM items i WHERE i.id = item_id AND i.organization_id = (SELECT app.organization_id())));
CREATE POLICY "system" ON "item_versions" USING ((SELECT app.bypass()));

ALTER TABLE "item_usage" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "item_usage" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "item_usage" FOR SELECT USING ((SELECT app.is_staff()) AND EXISTS (
  SELECT FROM items i WHERE i.id = item_id));
CREATE POLICY "system" ON "item_usage" USING ((SELECT app.bypass()));

ALTER TABLE "categories" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "categories" FORCE ROW LEVEL SECURITY;
CREATE POLICY "offered" ON "categories" FOR SELECT USING (
  organization_id IS NULL OR organization_id = (SELECT app.organization_id()));
CREATE POLICY "staff" ON "categories" USING ((SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "categories" USING ((SELECT app.bypass()));
