using System.Globalization;
using Microsoft.Extensions.Configuration;
using Telemetry.Events;
using Telemetry.Events.Context;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Doctor;

/// <summary>What needs no broker: the options, the machine's context, the time for shutdown.</summary>
internal static class ServiceChecks
{
    // HostOptions.ShutdownTimeout of Microsoft.Extensions.Hosting, and the host's configuration key for it.
    private static readonly TimeSpan HostDefault = TimeSpan.FromSeconds(30);
    private static readonly string[] HostKeys =
        ["shutdownTimeoutSeconds", "DOTNET_SHUTDOWNTIMEOUTSECONDS", "ASPNETCORE_SHUTDOWNTIMEOUTSECONDS"];

    public static IEnumerable<PreflightFinding> Check(TelemetryEventsOptions options, IConfiguration configuration)
    {
        var invalid = new TelemetryEventsOptionsValidator().Validate(name: null, options).Failures?.ToList() ?? [];
        foreach (var failure in invalid)
            yield return new(PreflightStatus.Failed, "options", failure);
        if (invalid.Count == 0)
            yield return new(PreflightStatus.Ok, "options", $"Every option of {TelemetryEventsOptions.SectionName} is within its limits.");

        yield return ServiceName(options, configuration);
        foreach (var finding in new[] { Uuid(EnvironmentContext.TenantId, options.Context.TenantId, "tenant"), Uuid(EnvironmentContext.NodeId, options.Context.NodeId, "node") })
        {
            if (finding is not null)
                yield return finding;
        }

        yield return Machine(options.Context);
        yield return Shutdown(options.ShutdownTimeout, configuration);
    }

    private static PreflightFinding ServiceName(TelemetryEventsOptions options, IConfiguration configuration) =>
        configuration[TelemetryEventsOptions.SectionName + ":" + nameof(options.ServiceName)] is { Length: > 0 } name
            ? new(PreflightStatus.Ok, "service name", $"The service is {name}; the source of its events is /{name}.")
            : new(
                PreflightStatus.NotChecked,
                "service name",
                "The configuration names none: the service takes it from code, or its assembly's name.");

    /// <summary>Null for what is no UUID: the check of the options has said so.</summary>
    private static PreflightFinding? Uuid(string variable, string? value, string what)
    {
        if (value is null)
        {
            return new(
                PreflightStatus.Warning, variable, $"It is not set: no event will say which {what} it comes from.", $"Set {variable} to the {what}'s UUID.");
        }

        return Guid.TryParseExact(value, "D", out _) ? new(PreflightStatus.Ok, variable, "It is a UUID.") : null;
    }

    private static PreflightFinding Machine(EventContextOptions context)
    {
        (string Variable, string? Value)[] all =
        [
            (EnvironmentContext.VmType, context.VmType),
            (EnvironmentContext.HostName, context.HostName),
            (EnvironmentContext.StorageSize, context.StorageSize),
            (EnvironmentContext.StorageType, context.StorageType),
        ];
        var set = string.Join(", ", all.Where(entry => entry.Value is not null).Select(entry => entry.Variable));
        var unset = string.Join(", ", all.Where(entry => entry.Value is null).Select(entry => entry.Variable));
        return new(
            PreflightStatus.Ok, "machine", $"On every event: {(set.Length > 0 ? set : "none")}. Not set, and left out: {(unset.Length > 0 ? unset : "none")}.");
    }

    private static PreflightFinding Shutdown(TimeSpan own, IConfiguration configuration)
    {
        const string Check = "shutdown time";
        var host = HostKeys.Select(key => configuration[key]).FirstOrDefault(text => !string.IsNullOrEmpty(text)) is { } text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : HostDefault;
        return own < host
            ? new(PreflightStatus.Ok, Check, $"Delivery has {own.TotalSeconds:0.#} s of the host's {host.TotalSeconds:0.#} s.")
            : new(
                PreflightStatus.Warning,
                Check,
                $"Delivery may take {own.TotalSeconds:0.#} s, but the host ends after {host.TotalSeconds:0.#} s: events in memory may be lost then.",
                $"Lower {TelemetryEventsOptions.SectionName}:{nameof(TelemetryEventsOptions.ShutdownTimeout)}, or raise the host's (HostOptions.ShutdownTimeout).");
    }
}
