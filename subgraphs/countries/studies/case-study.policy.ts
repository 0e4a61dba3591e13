import { CONNECTION_LABELS, EDGE_LABELS } from "../../../shared/graphql/common.policy";
import type { LabelsOf, PolicyMap } from "../../../shared/policy/sensitivity";
import type { CaseStudy, CaseStudyPayload, StudyAudience } from "./case-study.type";

const study = "CASE_STUDY";

export const studyLabels = {
  CaseStudy: {
    id: study,
    owner: study,
    exercise: study,
    title: study,
    summary: study,
    lessons: study,
    meeting: study,
    marking: study,
    handlingNote: study,
    state: study,
    sharedAt: study,
    sharedWith: study,
    revision: study,
  } satisfies LabelsOf<CaseStudy>,
  StudyAudience: { colep: "INHERITED", partners: "INHERITED" } satisfies LabelsOf<StudyAudience>,
  CaseStudyConnection: CONNECTION_LABELS,
  CaseStudyEdge: EDGE_LABELS,
  CaseStudyPayload: {
    caseStudy: "INHERITED",
    userErrors: "INHERITED",
  } satisfies LabelsOf<CaseStudyPayload>,
} as const satisfies PolicyMap;

export const studyMutations = {
  addCaseStudy: "ACTING",
  amendCaseStudy: "ACTING",
  shareCaseStudy: "ACTING",
  confirmCaseStudy: "ACTING",
  withdrawCaseStudy: "ACTING",
} as const;

export const studyQueries = {
  caseStudies: "PARTNER",
  tableTopExercises: "PARTNER",
  caseStudy: "PARTNER",
} as const;
