using Microsoft.Extensions.Configuration;

namespace Telemetry.Cli.Doctor;

/// <summary>What the doctor looks at.</summary>
/// <param name="Configuration">The files and the environment, as the service would read them.</param>
/// <param name="Topics">The topics that the service writes to.</param>
/// <param name="MaxEventBytes">The largest event; null for what the configuration says.</param>
/// <param name="Timeout">How long the brokers may take, all together.</param>
internal sealed record DoctorSettings(
    IConfiguration Configuration, IReadOnlyList<CheckedTopic> Topics, int? MaxEventBytes, TimeSpan Timeout);
