package io.plumbline.definitions.reader;

import java.util.List;

/** Every rule. None relies on another having passed: a load reports what all of them find. */
final class Rules {

  static final List<Rule> ALL =
      List.of(
          // Names
          new NamesAreLowerCase(),
          new NamesAreUnique(),
          // Mappings and their contracts
          new ContractsAreKnown(),
          new MappedColumnsAreInContract(),
          new RequiredColumnsAreMapped(),
          new TypesFitContract(),
          new TimesHaveZoneRule(),
          // Shapes of contracts and datasets
          new ShapesNameTheirColumns(),
          new BoundsAreTimes(),
          new MoneyHasCurrency(),
          new JoinsMeetPrimaryKeys(),
          new ConditionsReachJoinedColumns(),
          new ExclusionsAreFed(),
          new HistoriesHaveValidity(),
          new ConformedDimensionsAreKnown(),
          // Metrics
          new MetricInputsAreKnown(),
          new MetricsHaveNoCycle(),
          new MetricColumnsAreKnown(),
          new MetricsHaveUnit(),
          new ReplacementsFit(),
          new SimpleMetricsAreDated(),
          new MetricTimesAreTimes(),
          new SnapshotsReadValidity(),
          new StintsHaveEnds(),
          new MovementsReadAmounts(),
          new RatioUnitsFit(),
          new RatioInputsMeet(),
          // What people query
          new TableMetricsAreKnown(),
          new TableDimensionsAreKnown(),
          new TableColumnsAreUnique(),
          new TableMetricsHaveDimensions(),
          new CohortsStandInTheirTables(),
          new TableEntityIsADimension(),
          new ViewsNeedKnownMetrics(),
          new TemplateDefaultsFit());

  private Rules() {}
}
