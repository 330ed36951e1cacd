using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka.Tests.Consuming;

public class EventConsumerOptionsTests
{
    [Fact]
    public void They_bind_from_the_section_of_the_consumers_name_and_code_wins()
    {
        using var host = Build(
            options => options.GroupId = "from-code",
            ("TelemetryEvents:Consumers:audit:ConnectionString", "broker:9092"),
            ("TelemetryEvents:Consumers:audit:GroupId", "from-section"),
            ("TelemetryEvents:Consumers:audit:Topics:0", "pbac_access"),
            ("TelemetryEvents:Consumers:audit:StartAt", "Latest"),
            ("TelemetryEvents:Consumers:audit:Properties:client.rack", "r1"));

        host.Services.GetRequiredService<IStartupValidator>().Validate();
        var options = host.Services.GetRequiredService<IOptionsMonitor<EventConsumerOptions>>().Get("audit");

        Assert.Equal(("broker:9092", "from-code", EventConsumerStart.Latest, "r1"), (
            options.ConnectionString, options.GroupId, options.StartAt, options.Properties["client.rack"]));
        Assert.Equal(["pbac_access"], options.Topics);
    }

    [Fact]
    public void The_address_comes_from_KAFKA_DIRECT_URL_where_nothing_else_sets_it()
    {
        var setup = new EventConsumerOptionsValidator(variable => variable == "KAFKA_DIRECT_URL" ? "env:9092" : null);
        var (unset, set) = (new EventConsumerOptions(), new EventConsumerOptions { ConnectionString = "code:9092" });

        setup.PostConfigure("audit", unset);
        setup.PostConfigure("audit", set);

        Assert.Equal(("env:9092", "code:9092"), (unset.ConnectionString, set.ConnectionString));
    }

    [Fact]
    public void Each_bad_option_is_named_with_its_value_and_the_fix()
    {
        var options = new EventConsumerOptions
        {
            ConnectionString = "kafka://user:hunter2@nowhere",
            GroupId = " ",
            StartAt = (EventConsumerStart)9,
            MaxBatchEvents = 0,
            MaxBatchBytes = 1,
            MaxBatchWait = TimeSpan.FromHours(1),
            RetryDelay = TimeSpan.Zero,
            RetryMaxDelay = TimeSpan.FromHours(2),
            RebalanceTimeout = TimeSpan.FromHours(1),
            ShutdownTimeout = TimeSpan.FromHours(1),
            StallTimeout = TimeSpan.Zero,
        };
        options.Properties["enable.auto.commit"] = "true";

        var failures = new EventConsumerOptionsValidator(_ => null).Validate("audit", options).Failures!.ToList();

        Assert.Equal(
            [
                "ConnectionString", "GroupId", "Topics", "StartAt", "MaxBatchEvents", "MaxBatchBytes", "MaxBatchWait", "RetryDelay",
                "RetryMaxDelay", "RebalanceTimeout", "ShutdownTimeout", "StallTimeout", "Properties",
            ],
            failures.Select(failure => failure["TelemetryEvents:Consumers:audit:".Length..].Split(' ', ':')[0]));
        Assert.All(failures, failure => Assert.Matches("Set it to|It reads|Remove it", failure));
        Assert.DoesNotContain(failures, failure => failure.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_property_that_librdkafka_does_not_know_fails_with_a_sentence()
    {
        var options = new EventConsumerOptions { ConnectionString = "broker:9092", GroupId = "g", Topics = { "t" } };
        options.Properties["no.such.property"] = "1";

        var exception = Assert.Throws<OptionsValidationException>(() => new EventConsumer("audit", options, new EventDispatcher()));

        Assert.Contains("librdkafka refuses the configuration", exception.Message, StringComparison.Ordinal);
        Assert.Contains("no.such.property", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_consumer_runs_once()
    {
        using var consumer = new EventConsumer(
            "audit", new EventConsumerOptions { ConnectionString = "127.0.0.1:9", GroupId = "g", Topics = { "t" } }, new EventDispatcher());
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await consumer.RunAsync(stopped.Token);

        Assert.Throws<InvalidOperationException>(() => { _ = consumer.RunAsync(stopped.Token); });
    }

    private static IHost Build(Action<EventConsumerOptions> configure, params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests" });
        builder.Configuration.AddInMemoryCollection(configuration.Select(entry => KeyValuePair.Create(entry.Key, (string?)entry.Value)));
        builder.Services.AddTelemetryEventConsumer("audit", configure);
        return builder.Build();
    }
}
