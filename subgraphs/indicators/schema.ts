import type { DataSource } from "typeorm";
import { openDatabase } from "../../shared/database/data-source";
import { openRequest } from "../../shared/graphql/context";
import { Marking } from "../../shared/graphql/marking";
import { PageInfo } from "../../shared/graphql/page-info";
import { databaseOf, type SubgraphServer, serveSubgraph } from "../../shared/graphql/server";
import { type BuiltSubgraph, buildSubgraph } from "../../shared/graphql/subgraph";
import type { SubgraphOptions } from "../../shared/graphql/subgraph-options";
import { UserError } from "../../shared/graphql/user-error";
import { AnalysisMutations } from "./analysis/analysis.mutation";
import { AnalysisResolver } from "./analysis/analysis.resolver";
import { analysisRoute } from "./analysis/analysis.route";
import * as analysis from "./analysis/analysis.type";
import { BorderRow, MirrorComparison } from "./analysis/border.type";
import { AnalysisContents } from "./analysis/contents.type";
import { CoverageRow, DefinitionNote, QualityRow } from "./analysis/coverage.type";
import * as sections from "./analysis/section.type";
import { Catalogue } from "./catalogue/catalogue";
import { Country } from "./catalogue/country.reference";
import { IndicatorRecord, IndicatorSetRecord, SourceRecord } from "./catalogue/indicator.entity";
import { Cube, Indicator, IndicatorSet, Source } from "./catalogue/indicator.type";
import { exportRoute } from "./export/export.route";
import { policy } from "./indicators.policy";
import { createLoaders } from "./loaders";
import { ReportMutations } from "./reports/report.mutation";
import { ReportResolver } from "./reports/report.resolver";
import * as reports from "./reports/report.type";
import { uploadRoute } from "./reports/upload.route";
import { loadCitation } from "./series/citation.loader";
import { CitedFigures } from "./series/citation.type";
import { CatalogueResolver, CountryIndicatorsResolver } from "./series/indicator.resolver";
import { Revision } from "./series/revision.type";
import { SeriesResolver } from "./series/series.resolver";
import * as seriesTypes from "./series/series.type";
import { SignalMutations } from "./signals/signal.mutation";
import { SignalResolver } from "./signals/signal.resolver";
import * as signals from "./signals/signal.type";
import { StatusResolver } from "./status/status.resolver";
import { ReportingStatus } from "./status/status.type";

/** The demo world's breakdowns have 8 to 100 citizenships, most of them fewer than this. */
const SERIES_PER_PAIR = 80;

export function buildIndicators(): Promise<BuiltSubgraph> {
  const {
    BreakdownCode,
    Citizenship,
    Code,
    CountryIndicator,
    MissingReporter,
    Observation,
    RegionalTotal,
  } = seriesTypes;
  return buildSubgraph({
    name: "indicators",
    resolvers: [
      SeriesResolver,
      CatalogueResolver,
      CountryIndicatorsResolver,
      ReportResolver,
      ReportMutations,
      StatusResolver,
      SignalResolver,
      SignalMutations,
      AnalysisResolver,
      AnalysisMutations,
    ],
    types: [
      Country,
      Indicator,
      IndicatorSet,
      Cube,
      Source,
      seriesTypes.Series,
      Observation,
      Citizenship,
      Code,
      BreakdownCode,
      CountryIndicator,
      RegionalTotal,
      MissingReporter,
      seriesTypes.Withheld,
      CitedFigures,
      reports.Report,
      reports.ReportConnection,
      reports.ReportEdge,
      reports.ReportPayload,
      reports.ReportTable,
      signals.Signal,
      signals.SignalConnection,
      signals.SignalEdge,
      signals.SignalPayload,
      signals.Alert,
      analysis.AnnualAnalysis,
      analysis.AnalysisText,
      analysis.AnalysisComment,
      analysis.AnalysisPart,
      analysis.AnalysisPayload,
      AnalysisContents,
      CoverageRow,
      QualityRow,
      DefinitionNote,
      BorderRow,
      MirrorComparison,
      sections.IndicatorSection,
      sections.ReporterRow,
      sections.SectionSum,
      sections.TopTen,
      sections.CitizenshipRow,
      reports.ReportWarning,
      Revision,
      ReportingStatus,
      Marking,
      PageInfo,
      UserError,
    ],
    policy,
    lists: {
      "Query.series": {
        assumed: SERIES_PER_PAIR,
        times: ["reporters", "indicators"],
        span: ["from", "to"],
      },
      "Query.regionalTotal": { assumed: 1, times: ["reporters"], span: ["from", "to"] },
      "Series.observations": { assumed: 12 },
      "Series.revisions": { assumed: 12 },
      "Query.reports": { slicing: "first" },
      "ReportConnection.nodes": { assumed: 1 },
      "ReportConnection.edges": { assumed: 1 },
      "Report.tables": { assumed: 4 },
      "Query.signals": { slicing: "first" },
      "SignalConnection.nodes": { assumed: 1 },
      "SignalConnection.edges": { assumed: 1 },
      "Query.reportingStatus": {
        assumed: 12,
        times: ["reporters", "indicators"],
        span: ["from", "to"],
      },
      "AnnualAnalysis.narrative": { assumed: 6 },
      "AnnualAnalysis.comments": { assumed: 20 },
      "AnnualAnalysis.parts": { assumed: 16 },
      "AnalysisContents.coverage": { assumed: 40 },
      "AnalysisContents.sections": { assumed: 8 },
      "AnalysisContents.borders": { assumed: 12 },
      "AnalysisContents.mirrors": { assumed: 24 },
      "AnalysisContents.quality": { assumed: 40 },
      "IndicatorSection.reporters": { assumed: 10 },
      "IndicatorSection.topTens": { assumed: 10 },
      "TopTen.rows": { assumed: 10 },
      "Query.indicators": { assumed: 8 },
      "Query.indicatorSets": { assumed: 2 },
      "Country.indicators": { assumed: 8, span: ["from", "to"] },
      "CitedFigures.series": { assumed: 3 },
      "RegionalTotal.included": { assumed: 20 },
      "RegionalTotal.missing": { assumed: 20 },
    },
    references: {
      Country: ({ code }: { code: string }) => ({ code }),
      Indicator: ({ code }: { code: string }, { loaders }: { loaders: { catalogue: Catalogue } }) =>
        loaders.catalogue.indicator(code) ?? null,
      AnnualAnalysis: ({ year }: { year: number }) => ({ year }),
      CitedFigures: ({ id }: { id: string }, context: never) => loadCitation(context, id),
    },
  });
}

export async function openIndicators(options: SubgraphOptions): Promise<SubgraphServer> {
  const entities = [IndicatorRecord, IndicatorSetRecord, SourceRecord];
  const dataSource: DataSource = await openDatabase({
    ...options.database,
    role: "accord_indicators",
    entities,
  });
  const createRequestLoaders = createLoaders(await Catalogue.read(dataSource));
  const subgraph = await buildIndicators();
  return serveSubgraph({
    subgraph,
    files: {
      "POST /reports": uploadRoute,
      "GET /export": exportRoute(subgraph.schema),
      "GET /analysis": analysisRoute(subgraph.schema),
    },
    verifier: options.verifier("indicators"),
    logger: options.logger,
    openContext: (verified) => openRequest(dataSource, verified, createRequestLoaders),
    ...databaseOf(dataSource, options.logWriter),
  });
}
