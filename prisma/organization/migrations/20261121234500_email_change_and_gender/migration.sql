-- CreateEnum
CREATE TYPE "Gender" AS ENUM ('FEMALE', 'MALE', 'OTHER');

-- AlterEnum
ALTER TYPE "AccountTokenPurpose" ADD VALUE 'EMAIL_CHANGE';

-- AlterTable
ALTER TABLE "account_tokens" ADD COLUMN     "new_email" CITEXT;

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "gender" "Gender";

-- As text: a value that an enum has just been given cannot be used in the same transaction.
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_new_email_check"
  CHECK ((purpose::text = 'EMAIL_CHANGE') = (new_email IS NOT NULL));
