using Telemetry.Collector.ClickHouse;
using Telemetry.Events.Kafka;

namespace Telemetry.Collector.DirectTopics.Schema;

/// <summary>The named collection with the brokers and the login, so that no secret stands in a table's definition.</summary>
internal static class KafkaCollection
{
    private const string Masked = "***";

    // What ClickHouse's Kafka engine takes as settings of its own; '' leaves one out.
    private static readonly (string Property, string Setting)[] Settings =
    [
        ("security.protocol", "kafka_security_protocol"),
        ("sasl.mechanism", "kafka_sasl_mechanism"),
        ("sasl.username", "kafka_sasl_username"),
        ("sasl.password", "kafka_sasl_password"),
    ];

    /// <summary>The statements that make the collection where it is missing and set all its keys.</summary>
    public static IReadOnlyList<SchemaStep> Steps(string name, KafkaConnectionString connection, string? cluster)
    {
        var onCluster = cluster is null ? "" : $" ON CLUSTER {Sql.Identifier(cluster)}";
        string Keys(bool shown) => string.Join(", ", Settings
            .Select(setting => (setting.Setting, Value: connection.Properties.GetValueOrDefault(setting.Property, "")))
            .Select(pair => (pair.Setting, Value: shown && pair.Setting is "kafka_sasl_password" && pair.Value.Length > 0 ? Masked : pair.Value))
            .Prepend(("kafka_broker_list", connection.BootstrapServers))
            .Select(pair => $"{pair.Item1} = {Sql.Literal(pair.Item2)}"));
        return
        [
            new SchemaStep($"create the named collection {name}", $"CREATE NAMED COLLECTION IF NOT EXISTS {Sql.Identifier(name)}{onCluster} AS {Keys(shown: false)}")
            {
                ShownSql = $"CREATE NAMED COLLECTION IF NOT EXISTS {Sql.Identifier(name)}{onCluster} AS {Keys(shown: true)}",
            },
            new SchemaStep($"set the keys of {name}", $"ALTER NAMED COLLECTION {Sql.Identifier(name)}{onCluster} SET {Keys(shown: false)}")
            {
                ShownSql = $"ALTER NAMED COLLECTION {Sql.Identifier(name)}{onCluster} SET {Keys(shown: true)}",
            },
        ];
    }

    /// <summary>Properties that ClickHouse takes from its server configuration alone.</summary>
    public static IReadOnlyList<string> Elsewhere(KafkaConnectionString connection) =>
        [.. connection.Properties.Keys.Where(property => Settings.All(setting => setting.Property != property)).Order(StringComparer.Ordinal)];
}
