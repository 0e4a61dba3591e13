import { Column, Entity, PrimaryColumn } from "typeorm";

@Entity({ schema: "countries", name: "country" })
export class CountryRecord {
  @PrimaryColumn("text")
  code!: string;
  @Column("text")
  alpha2!: string;
  @Column("text", { name: "numeric_code", nullable: true })
  numericCode!: string | null;
  @Column("text")
  name!: string;
  @Column("text", { nullable: true })
  note!: string | null;
  @Column("boolean", { name: "in_directory" })
  inDirectory!: boolean;
}

@Entity({ schema: "countries", name: "membership" })
export class MembershipRecord {
  @PrimaryColumn("integer")
  id!: number;
  @Column("text")
  country!: string;
  @Column("text")
  network!: string;
  @Column("text")
  role!: string;
  @Column("date")
  since!: string;
  @Column("date", { nullable: true })
  until!: string | null;
  @Column("text")
  source!: string;
}
