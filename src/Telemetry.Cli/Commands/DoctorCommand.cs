using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Telemetry.Cli.Doctor;
using Telemetry.Events;

namespace Telemetry.Cli.Commands;

/// <summary><c>telemetry doctor [--config file] [--topics a,b | --assembly dll] [--max-event-bytes n] [--timeout s] [--format text|json]</c></summary>
internal static class DoctorCommand
{
    private const int DefaultTimeoutSeconds = 30;
    private const int MostSeconds = 600;

    public static Command Create(IReadOnlyList<TransportSource> sources)
    {
        var config = new Option<string[]>("--config") { Description = "A JSON file of the service's configuration; again for one that wins over it. Variables such as TelemetryEvents__ServiceName win over files." };
        var topics = new Option<string[]>("--topics") { Description = "The topics that the service writes to, separated by commas. Default: those of the SDK's own events.", AllowMultipleArgumentsPerToken = true };
        var assembly = new Option<string?>("--assembly") { Description = "A built assembly: the topics of the events that it declares. None of its code runs." };
        var bytes = new Option<int?>("--max-event-bytes") { Description = "The largest event. Default: the configuration's MaxEventBytes." };
        var timeout = new Option<int>("--timeout") { Description = $"Seconds for all brokers together, 1 to {MostSeconds}.", DefaultValueFactory = _ => DefaultTimeoutSeconds };
        var format = new Option<ReportFormat>("--format") { Description = "text or json." };
        timeout.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() is >= 1 and <= MostSeconds, $"--timeout takes 1 to {MostSeconds} seconds."));
        bytes.Validators.Add(result => Require(result, result.GetValueOrDefault<int?>() is null or > 0, "--max-event-bytes takes a number above 0."));
        var command = new Command("doctor", "Says whether events will reach their brokers, and what to change.") { config, topics, assembly, bytes, timeout, format };
        command.Validators.Add(result => Require(
            result, result.GetResult(topics) is null || result.GetResult(assembly) is null, "Give --topics or --assembly, not both."));
        command.SetAction((parsed, cancellationToken) =>
        {
            var errors = parsed.InvocationConfiguration.Error;
            if (!TryGetTopics(parsed.GetValue(topics), parsed.GetValue(assembly), out var checkedTopics, out var error)
                || !TryLoad(parsed.GetValue(config) ?? [], out var configuration, out error))
            {
                errors.WriteLine(error);
                return Task.FromResult(ExitCode.WrongInput);
            }

            var settings = new DoctorSettings(configuration!, checkedTopics, parsed.GetValue(bytes), TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            var output = parsed.InvocationConfiguration.Output;
            IReport report = parsed.GetValue(format) == ReportFormat.Json ? new JsonReport(output) : new TextReport(output);
            var secrets = new Secrets(configuration!, sources.Select(source => source.Variable));
            return DoctorRun.RunAsync(new ServiceExamination(settings, sources), secrets, report, errors, cancellationToken);
        });
        return command;
    }

    private static bool TryGetTopics(string[]? names, string? assembly, out IReadOnlyList<CheckedTopic> topics, out string? error)
    {
        IReadOnlyList<CheckedTopic>? found;
        var ok = names is { Length: > 0 }
            ? DoctorTopics.TryName(names, out found, out error)
            : DoctorTopics.TryRead(assembly ?? typeof(EventName).Assembly.Location, out found, out error);
        topics = found ?? [];
        return ok;
    }

    private static bool TryLoad(string[] files, out IConfiguration? configuration, out string? error)
    {
        configuration = null;
        error = null;
        var builder = new ConfigurationBuilder();
        foreach (var file in files)
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        try
        {
            configuration = builder.AddEnvironmentVariables().Build();
            return true;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            error = $"The configuration cannot be read: {exception.Message}";
            return false;
        }
    }

    private static void Require(System.CommandLine.Parsing.SymbolResult result, bool holds, string message)
    {
        if (!holds)
            result.AddError(message);
    }
}
