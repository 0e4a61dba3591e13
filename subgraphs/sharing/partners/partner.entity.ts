import { Column, Entity, PrimaryColumn } from "typeorm";
import type { PartnerKind } from "./partner.type";

@Entity({ schema: "sharing", name: "partner" })
export class PartnerRecord {
  @PrimaryColumn("text")
  code!: string;
  @Column("text")
  name!: string;
  @Column("text")
  kind!: PartnerKind;
  /** The state that it speaks for, as ISO 3166-1 alpha-3; null for an institution. */
  @Column("text", { name: "country", nullable: true })
  state!: string | null;
}
