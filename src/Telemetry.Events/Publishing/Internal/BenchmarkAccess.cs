using System.Runtime.CompilerServices;

// The stage table measures id, envelope and lane one by one.
[assembly: InternalsVisibleTo("Telemetry.Benchmarks")]
