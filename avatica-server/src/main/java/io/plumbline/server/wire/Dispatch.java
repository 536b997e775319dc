package io.plumbline.server.wire;

import org.apache.calcite.avatica.remote.Service;

/**
 * Hands a request to the method of Avatica's service that is made for it. Avatica does this in its
 * own handlers only, which also encode, and would tell clients stack traces.
 */
final class Dispatch {

  private Dispatch() {}

  static Service.Response apply(Service.Request request, Service service) {
    if (request instanceof Service.FetchRequest fetch) {
      return service.apply(fetch);
    } else if (request instanceof Service.PrepareAndExecuteRequest execute) {
      return service.apply(execute);
    } else if (request instanceof Service.ExecuteRequest execute) {
      return service.apply(execute);
    } else if (request instanceof Service.PrepareRequest prepare) {
      return service.apply(prepare);
    } else if (request instanceof Service.CreateStatementRequest create) {
      return service.apply(create);
    } else if (request instanceof Service.CloseStatementRequest close) {
      return service.apply(close);
    } else if (request instanceof Service.OpenConnectionRequest open) {
      return service.apply(open);
    } else if (request instanceof Service.CloseConnectionRequest close) {
      return service.apply(close);
    } else if (request instanceof Service.ConnectionSyncRequest sync) {
      return service.apply(sync);
    } else if (request instanceof Service.SyncResultsRequest sync) {
      return service.apply(sync);
    } else if (request instanceof Service.CommitRequest commit) {
      return service.apply(commit);
    } else if (request instanceof Service.RollbackRequest rollback) {
      return service.apply(rollback);
    } else if (request instanceof Service.PrepareAndExecuteBatchRequest batch) {
      return service.apply(batch);
    } else if (request instanceof Service.ExecuteBatchRequest batch) {
      return service.apply(batch);
    }
    return metadata(request, service);
  }

  private static Service.Response metadata(Service.Request request, Service service) {
    if (request instanceof Service.TablesRequest tables) {
      return service.apply(tables);
    } else if (request instanceof Service.ColumnsRequest columns) {
      return service.apply(columns);
    } else if (request instanceof Service.SchemasRequest schemas) {
      return service.apply(schemas);
    } else if (request instanceof Service.CatalogsRequest catalogs) {
      return service.apply(catalogs);
    } else if (request instanceof Service.TableTypesRequest types) {
      return service.apply(types);
    } else if (request instanceof Service.TypeInfoRequest types) {
      return service.apply(types);
    } else if (request instanceof Service.DatabasePropertyRequest properties) {
      return service.apply(properties);
    }
    throw Refusal.of("0A000", "the call " + request.getClass().getSimpleName() + " is not known");
  }
}
