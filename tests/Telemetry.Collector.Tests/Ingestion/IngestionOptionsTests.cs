using Microsoft.Extensions.Configuration;
using Telemetry.Collector.Ingestion;

namespace Telemetry.Collector.Tests.Ingestion;

public class IngestionOptionsTests
{
    [Fact]
    public void The_address_comes_from_KAFKA_DIRECT_URL_unless_the_section_sets_it()
    {
        var setup = Setup(("KAFKA_DIRECT_URL", "env:9092"));
        var unset = new IngestionOptions();
        var set = new IngestionOptions { ConnectionString = "section:9092" };

        setup.PostConfigure(null, unset);
        setup.PostConfigure(null, set);

        Assert.Equal(("env:9092", "section:9092"), (unset.ConnectionString, set.ConnectionString));
        Assert.True(setup.Validate(null, unset).Succeeded);
    }

    [Fact]
    public void Each_bad_option_is_named_with_its_value_and_the_fix()
    {
        var failures = Setup().Validate(null, new IngestionOptions
        {
            ConnectionString = "kafka://user:hunter2@nowhere",
            GroupId = " ",
            LoadTopic = "same",
            TaskTopic = "same",
            MaxBatchRecords = 0,
            MaxBatchWait = TimeSpan.Zero,
            StoreRetryDelay = TimeSpan.FromHours(1),
            StallTimeout = TimeSpan.Zero,
        }).Failures!.ToList();

        Assert.Equal(
            [
                "Collector:Kafka:ConnectionString (environment variable KAFKA_DIRECT_URL): 'kafka://***@nowhere' is no Kafka address",
                "Collector:Kafka:GroupId is empty. Set it to a consumer group such as telemetry-collector.",
                "Collector:Kafka:LoadTopic and TaskTopic are both 'same'. Give each its own topic.",
                "Collector:Kafka:MaxBatchRecords is 0. Set it to a value from 1 to 100000.",
                "Collector:Kafka:MaxBatchWait is 00:00:00. Set it to a value from 00:00:00.0010000 to 00:01:00.",
                "Collector:Kafka:StoreRetryDelay is 01:00:00. Set it to a value from 00:00:00.0010000 to 00:01:00.",
                "Collector:Kafka:StallTimeout is 00:00:00. Set it to a value from 00:00:01 to 01:00:00.",
            ],
            failures.Select(failure => failure.Split(": 'nowhere' has no port")[0]));
    }

    private static IngestionOptionsSetup Setup(params (string Key, string Value)[] values) => new(
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, (string?)value.Value))).Build());
}
