import { Column, Entity, PrimaryColumn } from "typeorm";
import type { DimensionCode } from "../../../shared/graphql/dimension";
import type { CountsNationalsOf, Cube, Unit } from "./indicator.type";

@Entity({ schema: "indicators", name: "indicator" })
export class IndicatorRecord {
  @PrimaryColumn("text")
  code!: string;
  @PrimaryColumn("integer")
  version!: number;
  @Column("text")
  name!: string;
  @Column("text")
  definition!: string;
  @Column("text")
  unit!: Unit;
  @Column("text", { name: "counts_nationals_of" })
  countsNationalsOf!: CountsNationalsOf;
  @Column("boolean", { name: "protects_citizens" })
  protectsCitizens!: boolean;
  @Column("text", { array: true })
  dimensions!: DimensionCode[];
  @Column("jsonb")
  cubes!: Cube[];
  @Column("text", { name: "fran_code", nullable: true })
  franCode!: string | null;
  @Column("text")
  caveat!: string;
  @Column("text")
  source!: string;
  @Column("boolean", { name: "in_default_set" })
  inDefaultSet!: boolean;
  @Column("date", { name: "valid_from" })
  validFrom!: string;
  @Column("integer")
  position!: number;
}

@Entity({ schema: "indicators", name: "indicator_set" })
export class IndicatorSetRecord {
  @PrimaryColumn("text")
  code!: string;
  @PrimaryColumn("integer")
  version!: number;
  @Column("text")
  name!: string;
  @Column("text", { array: true })
  indicators!: string[];
  @Column("date", { name: "valid_from" })
  validFrom!: string;
  @Column("integer", { name: "due_days" })
  dueDays!: number;
  @Column("text", { name: "assumption_note" })
  assumptionNote!: string;
  @Column("text")
  source!: string;
}

@Entity({ schema: "indicators", name: "source" })
export class SourceRecord {
  @PrimaryColumn("text")
  id!: string;
  @Column("text")
  publisher!: string;
  @Column("text")
  title!: string;
  @Column("text")
  licence!: string;
  @Column("text")
  attribution!: string;
}
