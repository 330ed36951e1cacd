using Telemetry.Cli.Commands;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Tests.Doctor;

/// <summary>What the doctor says without asking anybody, and what it asks for.</summary>
public sealed class DoctorConfigurationTests : IDisposable
{
    private const string BothConfigured = """ "first": "x", "second": "x", """;

    private readonly DoctorFixture _fixture = new();
    private readonly PreflightTransport _first = new("first") { Findings = [new(PreflightStatus.Ok, "brokers", "Three answer.")] };
    private readonly PreflightTransport _second = new("second");

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Without_an_address_it_says_where_to_put_one()
    {
        var (code, output, _) = await RunAsync("");

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains(
            "  fail     transports: No transport has an address, so that events would go nowhere.\n" +
            "           -> Set one of TEST_URL_OF_first (or TelemetryEvents:first), TEST_URL_OF_second (or TelemetryEvents:second).\n",
            output,
            StringComparison.Ordinal);
        Assert.Null(_first.Request);
    }

    [Fact]
    public async Task Each_wrong_option_is_a_failure_and_the_brokers_are_asked_all_the_same()
    {
        var config = """ "RetryDelay": "00:00:00", "StallTimeout": "02:00:00", "first": "x", """;

        var (code, output, _) = await RunAsync(config);

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("  fail     options: TelemetryEvents:RetryDelay is 00:00:00.", output, StringComparison.Ordinal);
        Assert.Contains("  ok       brokers: Three answer.", output, StringComparison.Ordinal);
        Assert.Contains("2 fail", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_another_type_is_a_failure()
    {
        var (code, output, _) = await RunAsync(""" "MaxEventBytes": "many", "first": "x", """);

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("MaxEventBytes", output, StringComparison.Ordinal);
        Assert.Contains("Three answer.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_no_UUID_is_a_failure_and_one_that_is_missing_a_warning()
    {
        var file = _fixture.WriteConfig(""" "first": "x", """);
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace("7c9e6679-7425-40de-944b-e07fc1f90ae7", "node-7", StringComparison.Ordinal));
        var wrong = await DoctorFixture.RunAsync([_first], ["--config", file, "--topics", "t"]);
        await File.WriteAllTextAsync(file, text.Replace("7c9e6679-7425-40de-944b-e07fc1f90ae7", "", StringComparison.Ordinal));
        var missing = await DoctorFixture.RunAsync([_first], ["--config", file, "--topics", "t"]);

        Assert.Equal((ExitCode.Different, ExitCode.Success), (wrong.Code, missing.Code));
        Assert.Contains("  fail     options: TelemetryEvents:Context:NodeId (environment variable NODE_ID) is 'node-7', which is not a UUID.", wrong.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NODE_ID: ", wrong.Output, StringComparison.Ordinal);
        Assert.Contains("  warn     NODE_ID: It is not set", missing.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "  ok       shutdown time: Delivery has 10 s of the host's 30 s.")]
    [InlineData(""", "shutdownTimeoutSeconds": 10""", "  warn     shutdown time: Delivery may take 10 s, but the host ends after 10 s")]
    [InlineData(""", "shutdownTimeoutSeconds": 11""", "  ok       shutdown time: Delivery has 10 s of the host's 11 s.")]
    public async Task The_time_for_delivery_is_held_against_the_hosts(string others, string line)
    {
        var (_, output, _) = await DoctorFixture.RunAsync([_first], ["--config", _fixture.WriteConfig(""" "first": "x", """, others), "--topics", "t"]);

        Assert.Contains(line, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_transport_is_asked_for_the_topics_that_it_carries()
    {
        var routes = """ "MaxEventBytes": 2000, "ShutdownTimeout": "00:00:07", "Routes": [ { "Topic": "b", "Transport": "second" }, { "Delivery": "Usage", "Transport": "second" } ], """;

        var (_, output, _) = await RunAsync(BothConfigured + routes, "a,b", "c");

        // a and c by class: Usage goes by the second, all else by the first.
        Assert.Equal(["a", "c"], _first.Request!.Topics);
        Assert.Equal(["a", "b", "c"], _second.Request!.Topics);
        Assert.Equal((2000, TimeSpan.FromSeconds(7)), (_first.Request.MaxEventBytes, _first.Request.ShutdownTimeout));
        Assert.Contains("  ok       route first: Carries a, c.\n  ok       route second: Carries a, b, c.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_over_is_asked_for_the_same_topics()
    {
        var (_, output, _) = await RunAsync(BothConfigured + """ "Failover": { "Transports": { "first": "second" } }, """, "a");

        Assert.Equal(["a"], _first.Request!.Topics);
        Assert.Equal(["a"], _second.Request!.Topics);
        Assert.Contains("  ok       route first-or-second: Carries a.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transport_without_a_topic_is_said_to_be_so()
    {
        var (code, output, _) = await RunAsync(BothConfigured, "a");

        Assert.Empty(_second.Request!.Topics);
        Assert.Contains("  skipped  route second: Carries none of these topics", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, code);
    }

    [Fact]
    public async Task A_route_to_a_transport_that_is_not_known_is_a_warning_and_every_topic_is_asked_of_every_transport()
    {
        var (code, output, _) = await RunAsync(BothConfigured + """ "Routes": [ { "Topic": "a", "Transport": "cluster" } ], """, "a", "b");

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("  warn     routes: TelemetryEvents:Routes names the transport 'cluster', which is not registered. Registered: first, second.", output, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], _first.Request!.Topics);
        Assert.Equal(["a", "b"], _second.Request!.Topics);
    }

    [Fact]
    public async Task Topics_come_from_an_assembly_and_else_from_the_SDKs_own_events()
    {
        var config = _fixture.WriteConfig(""" "first": "x", """);

        await DoctorFixture.RunAsync([_first], ["--config", config, "--assembly", TestAssemblies.Samples, "--max-event-bytes", "5000"]);
        Assert.Equal(["samples"], _first.Request!.Topics);
        Assert.Equal(5000, _first.Request.MaxEventBytes);

        await DoctorFixture.RunAsync([_first], ["--config", config]);
        Assert.Superset(new HashSet<string> { "xumi_load", "wkf_cpu", "mcp", "telemetry_producer" }, _first.Request!.Topics.ToHashSet());
    }

    [Fact]
    public async Task A_later_file_wins()
    {
        var (_, output, _) = await DoctorFixture.RunAsync(
            [_first],
            ["--config", _fixture.WriteConfig(""" "first": "x", """), "--config", Later(), "--topics", "t"]);

        Assert.Contains("The service is later;", output, StringComparison.Ordinal);

        string Later()
        {
            var file = Path.Combine(Path.GetDirectoryName(_fixture.WriteConfig(""" "first": "x", """))!, "later.json");
            File.WriteAllText(file, """{ "TelemetryEvents": { "ServiceName": "later" } }""");
            return file;
        }
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string telemetryEvents, params string[] topics) => DoctorFixture.RunAsync(
        [_first, _second], ["--config", _fixture.WriteConfig(telemetryEvents), "--topics", .. topics.Length > 0 ? topics : ["t"]]);
}
