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
}
