package io.plumbline.engine;

import io.plumbline.definitions.DefinitionException;
import io.plumbline.definitions.Problem;
import io.plumbline.definitions.PublishedView;
import io.plumbline.engine.catalog.CompiledModel;
import io.plumbline.engine.plan.QueryPlanner;
import java.util.ArrayList;
import java.util.List;

/** Plans every published view, so that one which can't be answered is a problem of the load. */
final class ViewCheck {

  private final QueryPlanner planner;
  private final SessionSettings settings;

  ViewCheck(QueryPlanner planner, SessionSettings settings) {
    this.planner = planner;
    this.settings = settings;
  }

  void check(CompiledModel model) throws DefinitionException {
    List<Problem> problems = new ArrayList<>();
    for (PublishedView view : model.definition().views()) {
      try {
        planner.checkView(view.name(), settings);
      } catch (QueryException e) {
        QueryException.Place place = e.place().orElse(new QueryException.Place(1, 1));
        problems.add(
            new Problem(
                view.sql().positionOf(place.line(), place.column()),
                "View '" + view.name() + "' can't be answered: " + e.reason(),
                ""));
      }
    }
    if (!problems.isEmpty()) {
      throw new DefinitionException(problems);
    }
  }
}
