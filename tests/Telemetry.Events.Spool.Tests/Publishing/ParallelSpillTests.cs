using Telemetry.Events.Transport;

namespace Telemetry.Events.Spool.Tests.Publishing;

/// <summary>The same by a transport that takes several small batches at a time.</summary>
[Trait("Category", "Integration")]
public sealed class ParallelSpillTests() : SpillTests(new SendParallelism(3, 40));
