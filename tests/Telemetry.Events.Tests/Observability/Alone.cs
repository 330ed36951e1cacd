namespace Telemetry.Events.Tests.Observability;

/// <summary>Meters and activity sources are process-wide: what listens to them by name must run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
