using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Telemetry.Cli.Commands;
using Telemetry.Events;
using Telemetry.Events.Spool;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Spooling;

namespace Telemetry.Cli.Tests.Commands;

public sealed class SpoolCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telemetry-cli-spool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Help_names_the_command_as_it_is_typed()
    {
        var (code, output, _) = await RunAsync("--help");

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("telemetry spool [command]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_shows_who_holds_a_log_how_many_events_it_has_and_how_old_they_are()
    {
        await using (var dead = await SpoolAsync(3))
            await dead.DisposeAsync();
        await using var living = await SpoolAsync(2);

        var (code, output, _) = await RunAsync("list", _folder);

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains($"left by process {Environment.ProcessId} on ", output, StringComparison.Ordinal);
        Assert.Contains($"held by process {Environment.ProcessId} on ", output, StringComparison.Ordinal);
        Assert.Contains("Usage for kafka: 3 events, ", output, StringComparison.Ordinal);
        Assert.Contains("oldest 2026-11-23T08:00:00Z, 0 lost to damage", output, StringComparison.Ordinal);
        Assert.EndsWith("5 events in 2 instances\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_finds_a_damaged_record_and_names_its_place()
    {
        await using (var dead = await SpoolAsync(3))
            await dead.DisposeAsync();
        Assert.Equal(ExitCode.Success, (await RunAsync("verify", _folder)).Code);
        var segment = Directory.GetFiles(_folder, "*.segment", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(segment);
        bytes[70] ^= 1;
        File.WriteAllBytes(segment, bytes);

        var (code, output, _) = await RunAsync("verify", _folder);

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains($"{segment}: Content at 0, ", output, StringComparison.Ordinal);
        Assert.Contains("1 records lost from position 1", output, StringComparison.Ordinal);
        Assert.Contains("2 events are intact, 1 are lost to damage", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_says_what_a_killed_process_did_not_finish_and_calls_it_no_damage()
    {
        await using (var dead = await SpoolAsync(3))
            await dead.DisposeAsync();
        var segment = Directory.GetFiles(_folder, "*.segment", SearchOption.AllDirectories).Single();
        using (var file = new FileStream(segment, FileMode.Open))
            file.SetLength(file.Length - 1);

        var (code, output, _) = await RunAsync("verify", _folder);

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains($"{segment}: ends at ", output, StringComparison.Ordinal);
        Assert.Contains("2 events are intact, 0 are lost to damage", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_writes_each_event_as_a_line_with_its_body_as_it_is_and_leaves_it_there()
    {
        await using (var dead = await SpoolAsync(2))
            await dead.DisposeAsync();

        var (code, output, _) = await RunAsync("export", _folder);

        Assert.Equal(ExitCode.Success, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains(""","body":{"specversion":"1.0", "n": 1, "name":"Zoë <b>"}}""", lines[0], StringComparison.Ordinal);
        var line = JsonDocument.Parse(lines[1]).RootElement;
        Assert.Equal(("xumi_task", "user-2", 2), (line.GetProperty("topic").GetString(), line.GetProperty("key").GetString(), line.GetProperty("position").GetInt32()));
        Assert.Equal(Event(2).Id, line.GetProperty("id").GetGuid());
        Assert.Equal(lines.Length, (await RunAsync("export", _folder)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Replay_refuses_while_a_process_holds_the_spool()
    {
        await using var living = await SpoolAsync(1);

        var (code, _, error) = await RunAsync("replay", _folder);

        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains($"is held by process {Environment.ProcessId}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("verify")]
    [InlineData("export")]
    [InlineData("replay")]
    public async Task A_directory_that_is_no_spool_is_wrong_input(string command)
    {
        var (code, _, error) = await RunAsync(command, _folder);

        Assert.Equal(ExitCode.WrongInput, code);
        Assert.StartsWith($"{_folder} is not a spool", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    internal static SpooledEvent Event(int number) => new(
        new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
        "xumi_task",
        Encoding.UTF8.GetBytes($"user-{number}"),
        Encoding.UTF8.GetBytes($$"""{"specversion":"1.0", "n": {{number}}, "name":"Zoë <b>"}"""),
        new DateTime(2026, 11, 23, 8, 0, number - 1, DateTimeKind.Utc));

    internal static async Task<EventSpool> SpoolAsync(string folder, int events)
    {
        var spool = new EventSpool(new SpoolOptions { Directory = folder }, TimeProvider.System, NullLogger.Instance);
        var log = spool.Open("kafka", DeliveryClass.Usage);
        for (var number = 1; number <= events; number++)
            Assert.Equal(SpoolRefusal.None, await log.WaitForCommitAsync(log.Append(Event(number)).Position));
        return spool;
    }

    private Task<EventSpool> SpoolAsync(int events) => SpoolAsync(_folder, events);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await TelemetryCommand.InvokeAsync(["spool", .. arguments], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
