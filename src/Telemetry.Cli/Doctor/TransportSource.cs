using Microsoft.Extensions.Configuration;
using Telemetry.Events;

namespace Telemetry.Cli.Doctor;

/// <summary>A transport that the tool knows, and where its address stands.</summary>
/// <param name="Name">Its name in routes.</param>
/// <param name="Setting">The configuration key of its address.</param>
/// <param name="Variable">The environment variable of its address.</param>
/// <param name="Add">Registers it, as a service does.</param>
internal sealed record TransportSource(string Name, string Setting, string Variable, Action<TelemetryEventsBuilder> Add)
{
    public bool IsConfigured(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration[Setting]) || !string.IsNullOrWhiteSpace(configuration[Variable]);
}
