namespace Telemetry.Samples.Demo;

/// <summary>What the Collector says of its health.</summary>
internal sealed record HealthView(IReadOnlyList<HealthView.Check> Checks)
{
    /// <summary>What is not healthy.</summary>
    public override string ToString() => string.Join("; ",
        Checks.Where(check => check.Status != "healthy").Select(check => $"{check.Name}: {check.Description ?? check.Status}"));

    /// <summary>One part of it.</summary>
    internal sealed record Check(string Name, string Status, string? Description);
}
