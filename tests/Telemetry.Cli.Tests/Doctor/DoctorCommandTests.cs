using System.Diagnostics;
using System.Text.Json;
using Telemetry.Cli.Commands;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Tests.Doctor;

public sealed class DoctorCommandTests : IDisposable
{
    private const string Configured = """ "first": "kafka://user:sesame-open@broker:9092?ssl.key.password=pass%40phrase", """;
    private const string BothConfigured = Configured + """ "second": "http://proxy", """;

    private readonly DoctorFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Each_finding_is_a_line_and_warnings_are_no_failure()
    {
        var transport = new PreflightTransport("first")
        {
            Findings =
            [
                new(PreflightStatus.Ok, "brokers", "Three answer."),
                new(PreflightStatus.Warning, "log-in", "Not encrypted.", "Use TLS."),
                new(PreflightStatus.NotChecked, "topic t", "The broker does not tell."),
            ],
        };

        var (code, output, error) = await DoctorFixture.RunAsync([transport], ["--config", _fixture.WriteConfig(Configured), "--topics", "t"]);

        Assert.Equal(
            """
            configuration
              ok       options: Every option of TelemetryEvents is within its limits.
              ok       service name: The service is billing; the source of its events is /billing.
              ok       TENANT_ID: It is a UUID.
              ok       NODE_ID: It is a UUID.
              ok       machine: On every event: VM_TYPE. Not set, and left out: HOST_NAME, STORAGE_SIZE, STORAGE_TYPE.
              ok       shutdown time: Delivery has 10 s of the host's 30 s.
              ok       route first: Carries t.

            first
              ok       brokers: Three answer.
              warn     log-in: Not encrypted.
                       -> Use TLS.
              skipped  topic t: The broker does not tell.

            8 ok, 1 warn, 0 fail, 1 skipped

            """.ReplaceLineEndings("\n"),
            output);
        Assert.Equal((ExitCode.Success, ""), (code, error));
    }

    [Fact]
    public async Task A_failure_of_any_transport_is_exit_code_1()
    {
        var first = new PreflightTransport("first") { Findings = [new(PreflightStatus.Failed, "brokers", "None answers.", "Start one.")] };
        var second = new PreflightTransport("second") { Findings = [new(PreflightStatus.Ok, "reachable", "It answers.")] };

        var (code, output, _) = await DoctorFixture.RunAsync([first, second], ["--config", _fixture.WriteConfig(BothConfigured), "--topics", "t"]);

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("  fail     brokers: None answers.\n           -> Start one.\n", output, StringComparison.Ordinal);
        Assert.Contains("second\n  ok       reachable: It answers.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_the_same()
    {
        var transport = new PreflightTransport("first") { Findings = [new(PreflightStatus.Failed, "brokers", "None answers.", "Start one.")] };

        var (code, output, _) = await DoctorFixture.RunAsync(
            [transport], ["--config", _fixture.WriteConfig(Configured), "--topics", "t", "--format", "json"]);

        using var report = JsonDocument.Parse(output);
        var failure = report.RootElement.GetProperty("findings").EnumerateArray().Single(entry => entry.GetProperty("status").GetString() == "fail");
        Assert.Equal("""{"section":"first","status":"fail","check":"brokers","detail":"None answers.","advice":"Start one."}""", JsonSerializer.Serialize(failure));
        Assert.Equal("""{"ok":7,"warn":0,"fail":1,"skipped":0}""", JsonSerializer.Serialize(report.RootElement.GetProperty("summary")));
        Assert.Equal(ExitCode.Different, code);
    }

    [Fact]
    public async Task A_broker_that_never_answers_ends_within_the_time_out_and_holds_up_no_other()
    {
        var silent = new PreflightTransport("first")
        {
            Findings = [new(PreflightStatus.Ok, "address", "It has a name.")],
            // Not even its token ends it.
            AtEnd = _ => Task.Delay(Timeout.Infinite, CancellationToken.None),
        };
        var second = new PreflightTransport("second") { Findings = [new(PreflightStatus.Ok, "reachable", "It answers.")] };
        var clock = Stopwatch.StartNew();

        var (code, output, _) = await DoctorFixture.RunAsync(
            [silent, second], ["--config", _fixture.WriteConfig(BothConfigured), "--topics", "t", "--timeout", "1"]);

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        Assert.Contains("  ok       address: It has a name.\n  fail     time-out: The checks did not end within 1 s", output, StringComparison.Ordinal);
        Assert.Contains("It answers.", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Different, code);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_what_is_known()
    {
        using var interruption = new CancellationTokenSource();
        var transport = new PreflightTransport("first")
        {
            Findings = [new(PreflightStatus.Ok, "address", "It has a name.")],
            AtEnd = async _ =>
            {
                await interruption.CancelAsync();
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            },
        };

        var (code, output, error) = await DoctorFixture.RunAsync(
            [transport], ["--config", _fixture.WriteConfig(Configured), "--topics", "t"], interruption.Token);

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Contains("It has a name.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("time-out", output, StringComparison.Ordinal);
        Assert.StartsWith("Interrupted", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_throws_is_a_finding_and_no_line_holds_a_secret()
    {
        var first = new PreflightTransport("first")
        {
            Findings = [new(PreflightStatus.Warning, "sesame-open", "pass@phrase", "pass%40phrase")],
            AtEnd = _ => throw new InvalidOperationException("Login as user with sesame-open failed."),
        };
        var second = new PreflightTransport("second") { Findings = [new(PreflightStatus.Ok, "reachable", "It answers.")] };

        foreach (var format in new[] { "text", "json" })
        {
            var (code, output, _) = await DoctorFixture.RunAsync(
                [first, second], ["--config", _fixture.WriteConfig(BothConfigured), "--topics", "t", "--format", format]);

            Assert.Equal(ExitCode.Different, code);
            Assert.Contains("The check itself failed by InvalidOperationException: Login as user with *** failed.", output, StringComparison.Ordinal);
            Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
            Assert.DoesNotContain("phrase", output, StringComparison.Ordinal);
            Assert.Contains("It answers.", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_transport_that_cannot_be_asked_is_skipped()
    {
        var (code, output, _) = await DoctorFixture.RunAsync(
            [new Telemetry.Events.Testing.InMemoryTransport()],
            ["--config", _fixture.WriteConfig(""" "in-memory": "x", """), "--topics", "t"]);

        Assert.Contains("  skipped  preflight: Transport in-memory cannot be asked.", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, code);
    }

    [Theory]
    [InlineData("no topic", "'no topic' is not a topic")]
    [InlineData("..", "'..' is not a topic")]
    public async Task A_topic_that_Kafka_does_not_take_is_wrong_input(string topic, string message) =>
        await IsWrongInputAsync(message, "--topics", topic);

    [Fact]
    public async Task Wrong_arguments_are_wrong_input()
    {
        await IsWrongInputAsync("--timeout takes 1 to 600 seconds.", "--timeout", "0");
        await IsWrongInputAsync("--max-event-bytes takes a number above 0.", "--max-event-bytes", "0");
        await IsWrongInputAsync("Give --topics or --assembly, not both.", "--topics", "t", "--assembly", "a.dll");
        await IsWrongInputAsync("There is no file nope.dll.", "--assembly", "nope.dll");
        await IsWrongInputAsync("The configuration cannot be read: ", "--config", "nope.json");
        var broken = _fixture.WriteConfig("{{{");
        await IsWrongInputAsync("The configuration cannot be read: ", "--config", broken);
    }

    private static async Task IsWrongInputAsync(string message, params string[] arguments)
    {
        var (code, _, error) = await DoctorFixture.RunAsync([], arguments);

        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, code);
    }
}
