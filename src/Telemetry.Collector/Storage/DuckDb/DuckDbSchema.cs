using DuckDB.NET.Data;
using Telemetry.Collector.Hosting;

namespace Telemetry.Collector.Storage.DuckDb;

/// <summary>The file's tables and their versions. A released migration is never edited; a change is a new one at the end.</summary>
internal static class DuckDbSchema
{
    // No index but the keys: DuckDB turns the update of an indexed column into delete and insert, which then trips over
    // the key within the same transaction; and its columns are scanned fast enough without.
    // All TIMESTAMPs are UTC.
    internal static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE runs (
          run_id           VARCHAR PRIMARY KEY,
          kind             VARCHAR NOT NULL,
          task_id          VARCHAR NOT NULL,
          state            VARCHAR NOT NULL,
          state_reason     VARCHAR,
          user_id          VARCHAR,
          model            VARCHAR,
          node             VARCHAR,
          tenant_id        VARCHAR,
          vm_type          VARCHAR,
          start_event_id   VARCHAR,
          finish_event_id  VARCHAR,
          started_at       TIMESTAMP,
          finished_at      TIMESTAMP,
          outcome          VARCHAR,
          error            VARCHAR,
          measure_attempts INTEGER NOT NULL,
          next_attempt_at  TIMESTAMP
        );
        CREATE TABLE run_metrics (
          run_id        VARCHAR NOT NULL,
          name          VARCHAR NOT NULL,
          unit          VARCHAR NOT NULL,
          integral_unit VARCHAR NOT NULL,
          min           DOUBLE NOT NULL,
          max           DOUBLE NOT NULL,
          average       DOUBLE NOT NULL,
          p95           DOUBLE NOT NULL,
          integral      DOUBLE NOT NULL,
          samples       INTEGER NOT NULL,
          PRIMARY KEY (run_id, name)
        );
        CREATE TABLE dead_letters (
          topic           VARCHAR NOT NULL,
          topic_partition INTEGER NOT NULL,
          topic_offset    BIGINT NOT NULL,
          reason          VARCHAR NOT NULL,
          received_at     TIMESTAMP NOT NULL,
          raw             BLOB NOT NULL,
          PRIMARY KEY (topic, topic_partition, topic_offset)
        );
        """,
        """
        CREATE TABLE run_values (
          run_id      VARCHAR NOT NULL,
          metric      VARCHAR NOT NULL,
          aggregation VARCHAR NOT NULL,
          state       VARCHAR NOT NULL,
          value       DOUBLE,
          lo          DOUBLE,
          hi          DOUBLE,
          unit        VARCHAR NOT NULL,
          samples     INTEGER NOT NULL,
          coverage    DOUBLE NOT NULL,
          method      VARCHAR NOT NULL,
          PRIMARY KEY (run_id, metric, aggregation)
        );
        """,
        // Events are kept as they came, because which finish belongs to which start may change with the next event. Figures are
        // kept by revision, and without a key: written once, found by the revision in runs. Of runs from before there were
        // events, the start may have to stand for what the finish said.
        """
        CREATE TABLE run_events (
          kind      VARCHAR NOT NULL,
          task_id   VARCHAR NOT NULL,
          boundary  VARCHAR NOT NULL,
          event_id  VARCHAR NOT NULL,
          time      TIMESTAMP NOT NULL,
          user_id   VARCHAR,
          model     VARCHAR,
          node      VARCHAR,
          tenant_id VARCHAR,
          vm_type   VARCHAR,
          outcome   VARCHAR,
          error     VARCHAR
        );
        INSERT INTO run_events
          SELECT kind, task_id, 'start', start_event_id, started_at, user_id, model, node, tenant_id, vm_type, NULL, NULL
          FROM runs WHERE start_event_id IS NOT NULL
          UNION ALL
          SELECT kind, task_id, 'finish', finish_event_id, finished_at,
            CASE WHEN start_event_id IS NULL THEN user_id END, CASE WHEN start_event_id IS NULL THEN model END,
            CASE WHEN start_event_id IS NULL THEN node END, CASE WHEN start_event_id IS NULL THEN tenant_id END,
            CASE WHEN start_event_id IS NULL THEN vm_type END, outcome, error
          FROM runs WHERE finish_event_id IS NOT NULL;

        ALTER TABLE runs RENAME next_attempt_at TO due_at;
        ALTER TABLE runs ADD COLUMN next_stage VARCHAR;
        ALTER TABLE runs ADD COLUMN revision INTEGER DEFAULT 0;
        ALTER TABLE runs ADD COLUMN revision_kind VARCHAR;
        ALTER TABLE runs ADD COLUMN measured_at TIMESTAMP;
        ALTER TABLE runs ADD COLUMN evidence_at TIMESTAMP;
        ALTER TABLE runs ADD COLUMN evidence VARCHAR;
        UPDATE runs SET revision = 1, revision_kind = 'final' WHERE state IN ('measured', 'no_data');
        UPDATE runs SET next_stage = 'final', due_at = coalesce(due_at, finished_at) WHERE state = 'finished';
        UPDATE runs SET next_stage = 'orphan', due_at = coalesce(started_at, finished_at) + INTERVAL 1 DAY WHERE state = 'open';

        ALTER TABLE run_metrics RENAME TO run_metrics_2;
        CREATE TABLE run_metrics AS SELECT run_id, 1::INTEGER AS revision, * EXCLUDE (run_id) FROM run_metrics_2;
        DROP TABLE run_metrics_2;
        ALTER TABLE run_values RENAME TO run_values_2;
        CREATE TABLE run_values AS SELECT run_id, 1::INTEGER AS revision, * EXCLUDE (run_id) FROM run_values_2;
        DROP TABLE run_values_2;
        CREATE TABLE run_revisions (
          run_id      VARCHAR NOT NULL,
          revision    INTEGER NOT NULL,
          kind        VARCHAR NOT NULL,
          state       VARCHAR NOT NULL,
          measured_at TIMESTAMP,
          explanation VARCHAR
        );
        INSERT INTO run_revisions SELECT run_id, 1, 'final', state, NULL, NULL FROM runs WHERE revision = 1;
        """,
    ];

    /// <summary>Brings the file to this build's version; does nothing where it is there already.</summary>
    /// <exception cref="StartupException">A newer Collector wrote the file.</exception>
    public static void Migrate(DuckDBConnection connection, string path) =>
        DuckDbMigrations.Apply(connection, path, "schema_version", Migrations);
}
