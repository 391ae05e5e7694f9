import type {
  EnrollmentStatus,
  GuardianLinkStatus,
  GuardianRelationship,
  OrganizationKind,
  OrganizationStatus,
  Role,
} from "../organization/client/enums.js";
import { createRandom, type Random } from "./bank/random.js";
import { seededId } from "./id.js";
import { drawName, type Name } from "./names.js";

export interface Person {
  readonly id: string;
  readonly fullName: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
}

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganizationKind;
  readonly status: OrganizationStatus;
  readonly createdAt: Date;
}

export interface Membership {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Role;
  readonly createdAt: Date;
}

export interface SchoolClass {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly gradeLevel: string;
  readonly academicYear: string;
  readonly capacity: number;
  readonly teacherIds: readonly string[];
  readonly createdAt: Date;
}

export interface Enrollment {
  readonly id: string;
  readonly organizationId: string;
  readonly classId: string;
  readonly studentId: string;
  readonly studentIdentifier: string;
  readonly status: EnrollmentStatus;
  readonly enrolledAt: Date;
}

export interface GuardianLink {
  readonly id: string;
  readonly guardianId: string;
  readonly studentId: string;
  readonly relationship: GuardianRelationship;
  /** Verified links stand before pending ones. */
  readonly status: GuardianLinkStatus;
  readonly viewScores: boolean;
  readonly createdAt: Date;
  readonly verifiedAt: Date | null;
}

/** People, their organizations and their ties, as the seeds of all databases see them. */
export interface Population {
  /** The moment to which all dates are relative. */
  readonly now: Date;
  readonly people: readonly Person[];
  readonly organizations: readonly Organization[];
  readonly memberships: readonly Membership[];
  readonly classes: readonly SchoolClass[];
  readonly enrollments: readonly Enrollment[];
  readonly guardianLinks: readonly GuardianLink[];
  /** The stream of pseudo-random numbers of one purpose; the same on every call. */
  readonly random: (purpose: string) => Random;
  /** The `index`-th id of a purpose: a UUID of version 7 that depends neither on the day nor on how many were asked for. */
  readonly id: (purpose: string, index: number) => string;
}

const DAY_MS = 86_400_000;

/** Collects a population person by person. Each purpose draws from its own stream, so that one never shifts another. */
export class Census {
  private readonly people: Person[] = [];
  private readonly organizations: Organization[] = [];
  private readonly memberships: Membership[] = [];
  private readonly classes: SchoolClass[] = [];
  private readonly enrollments: Enrollment[] = [];
  private readonly links: GuardianLink[] = [];
  private readonly names = new Map<string, Name>();
  private readonly addresses = new Map<string, number>();

  private readonly seed: string;
  private readonly now: Date;

  constructor(seed: string, now: Date) {
    this.seed = seed;
    this.now = now;
  }

  readonly random = (purpose: string): Random => createRandom(`${this.seed}/${purpose}`);

  readonly id = (purpose: string, index: number): string => seededId(this.seed, purpose, index);

  add(role: Role, domain: string, name?: Name, mailbox?: string): Person {
    const index = this.people.length;
    const random = this.random(`person/${index}`);
    const known = name ?? drawName(random);
    const person: Person = {
      id: this.id("person", index),
      fullName: known.full,
      email: `${mailbox ?? this.mailbox(known.full, domain)}@${domain}`,
      role,
      createdAt: this.ago(random.integer(200, 400), random),
    };
    this.people.push(person);
    this.names.set(person.id, known);
    return person;
  }

  addMany(count: number, role: Role, domain: string): Person[] {
    return Array.from({ length: count }, () => this.add(role, domain));
  }

  found(name: string, kind: OrganizationKind, status: OrganizationStatus): Organization {
    const index = this.organizations.length;
    const createdAt = this.ago(420 + index, this.random(`organization/${index}`));
    const organization = { id: this.id("organization", index), name, kind, status, createdAt };
    this.organizations.push(organization);
    return organization;
  }

  employ(organization: Organization, staff: readonly Person[]): void {
    for (const { id: userId, role, createdAt } of staff) {
      const id = this.id("membership", this.memberships.length);
      this.memberships.push({ id, organizationId: organization.id, userId, role, createdAt });
    }
  }

  /** Spreads the students over the classes as evenly as may be. The first class has the first teacher, and every teacher has one. */
  teach(
    organization: Organization,
    names: readonly string[],
    students: readonly Person[],
    teachers: readonly Person[],
  ): void {
    names.forEach((name, position) => {
      const classId = this.id("class", this.classes.length);
      this.classes.push({
        id: classId,
        organizationId: organization.id,
        name,
        gradeLevel: "12",
        academicYear: academicYearOf(this.now),
        capacity: 40,
        teacherIds: teachers.filter((_, index) => index % names.length === position).map(({ id }) => id),
        createdAt: organization.createdAt,
      });
      const start = Math.round((students.length * position) / names.length);
      const end = Math.round((students.length * (position + 1)) / names.length);
      for (const student of students.slice(start, end)) this.enroll(organization, classId, student);
    });
  }

  link(
    guardian: Person,
    student: Person,
    relationship: GuardianRelationship,
    pending = false,
    viewScores = true,
  ): void {
    const index = this.links.length;
    const createdAt = this.ago(190 - index, this.random(`link/${index}`));
    this.links.push({
      id: this.id("guardian-link", index),
      guardianId: guardian.id,
      studentId: student.id,
      relationship,
      status: pending ? "PENDING" : "VERIFIED",
      viewScores,
      createdAt,
      verifiedAt: pending ? null : new Date(createdAt.getTime() + DAY_MS),
    });
  }

  /**
   * Gives guardians to students, and a second child to `parent`. Every sixth guardian has two children, every fifth shares
   * the child of the one before, every seventh may not see scores, and the last five wait for verification.
   */
  addFamilies(guardians: number, parent: Person, students: readonly Person[]): void {
    const orphans = new Set(students);
    const take = (child: Person | undefined): Person | undefined => {
      if (child !== undefined) orphans.delete(child);
      return child;
    };
    const siblingOf = (person: Person): Person | undefined =>
      take([...orphans].findLast((other) => this.mayBeRelated(person, other)));
    const sibling = siblingOf(parent);
    if (sibling !== undefined) this.link(parent, sibling, "PARENT");
    let child: Person | undefined;
    for (let index = 0; index < guardians; index += 1) {
      const isShared = index % 5 === 4;
      if (!isShared) child = take([...orphans][0]);
      if (child === undefined) return;
      const name = drawName(this.random(`family/${index}`), this.names.get(child.id));
      const guardian = this.add("GUARDIAN", "keluarga.test", name);
      const isPending = index >= guardians - 5;
      const viewScores = index % 7 !== 6;
      this.link(guardian, child, index % 11 === 10 ? "GUARDIAN" : "PARENT", isPending, viewScores);
      const second = index % 6 === 5 && !isPending ? siblingOf(guardian) : undefined;
      if (second !== undefined) this.link(guardian, second, "PARENT", false, viewScores);
    }
  }

  private mayBeRelated(one: Person, other: Person): boolean {
    const [a, b] = [this.names.get(one.id), this.names.get(other.id)];
    return a?.tradition === b?.tradition && (!a?.tradition.family || a.second === b?.second);
  }

  population(): Population {
    const { now, people, organizations, memberships, classes, enrollments, links, random, id } = this;
    return { now, people, organizations, memberships, classes, enrollments, guardianLinks: links, random, id };
  }

  private enroll(organization: Organization, classId: string, student: Person): void {
    const index = this.enrollments.length;
    this.enrollments.push({
      id: this.id("enrollment", index),
      organizationId: organization.id,
      classId,
      studentId: student.id,
      studentIdentifier: String(10_240_001 + index),
      status: "ACTIVE",
      enrolledAt: new Date(student.createdAt.getTime() + DAY_MS),
    });
  }

  /** The name as a mailbox; namesakes are numbered. */
  private mailbox(fullName: string, domain: string): string {
    const mailbox = fullName.toLowerCase().replaceAll(/[^a-z]+/g, ".");
    const address = `${mailbox}@${domain}`;
    const namesakes = (this.addresses.get(address) ?? 0) + 1;
    this.addresses.set(address, namesakes);
    return namesakes === 1 ? mailbox : `${mailbox}.${namesakes}`;
  }

  private ago(days: number, random: Random): Date {
    return new Date(this.now.getTime() - days * DAY_MS + random.integer(0, DAY_MS / 1000 - 1) * 1000);
  }
}

/** Indonesia's academic year begins in July. */
function academicYearOf(date: Date): string {
  const start = date.getUTCFullYear() - (date.getUTCMonth() < 6 ? 1 : 0);
  return `${start}/${start + 1}`;
}
