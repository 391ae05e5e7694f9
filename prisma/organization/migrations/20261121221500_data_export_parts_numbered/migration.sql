-- Parts wait for a day at most; an archive of which some are on their way now names those as missing.
DELETE FROM "data_export_parts";

-- AlterTable
ALTER TABLE "data_export_parts" DROP CONSTRAINT "data_export_parts_pkey",
DROP COLUMN "data",
ADD COLUMN     "is_last" BOOLEAN NOT NULL,
ADD COLUMN     "position" INTEGER NOT NULL,
ADD COLUMN     "record" TEXT,
ADD COLUMN     "rows" JSONB NOT NULL,
ADD CONSTRAINT "data_export_parts_pkey" PRIMARY KEY ("export_id", "subgraph", "position");

-- Written by hand from here on.

ALTER TABLE "data_export_parts" ADD CONSTRAINT "data_export_parts_position_not_negative" CHECK (position >= 0);
ALTER TABLE "data_export_parts" ADD CONSTRAINT "data_export_parts_rows_of_a_record" CHECK (
  jsonb_typeof(rows) = 'array' AND is_last = (record IS NULL)
);
-- One part is the last.
CREATE UNIQUE INDEX "data_export_parts_last_key" ON "data_export_parts"("export_id", "subgraph") WHERE is_last;
