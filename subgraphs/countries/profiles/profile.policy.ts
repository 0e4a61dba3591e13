import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type { CountryProfile, ProfileDraft, ProfilePayload, ProfileSection } from "./profile.type";

export const profileLabels = {
  CountryProfile: {
    version: "PROFILE",
    publishedAt: "PROFILE",
    sections: "PROFILE",
    migrationRoles: "PROFILE",
    marking: "PROFILE",
    handlingNote: "PROFILE",
    source: "PROFILE",
    presentedAtMeeting: "PROFILE",
  } satisfies LabelsOf<CountryProfile>,
  ProfileDraft: {
    id: "OWN",
    version: "OWN",
    sections: "OWN",
    migrationRoles: "OWN",
    marking: "OWN",
    handlingNote: "OWN",
    source: "OWN",
    presentedAtMeeting: "OWN",
    state: "OWN",
    revision: "OWN",
    writtenBy: "OWN",
    submittedBy: "OWN",
    reason: "OWN",
  } satisfies LabelsOf<ProfileDraft>,
  ProfileSection: {
    key: "INHERITED",
    title: "INHERITED",
    body: "INHERITED",
  } satisfies LabelsOf<ProfileSection>,
  ProfilePayload: {
    draft: "INHERITED",
    profile: "INHERITED",
    userErrors: "INHERITED",
  } satisfies LabelsOf<ProfilePayload>,
} as const satisfies PolicyMap;

export const profileMutations = {
  writeProfile: "ACTING",
  submitProfile: "ACTING",
  returnProfile: "ACTING",
  presentProfile: "ACTING",
  publishProfile: "ACTING",
} as const;
