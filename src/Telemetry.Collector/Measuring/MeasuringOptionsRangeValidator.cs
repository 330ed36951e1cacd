using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Measuring;

/// <summary>The ranges; generated from the attributes of <see cref="MeasuringOptions"/>.</summary>
[OptionsValidator]
public sealed partial class MeasuringOptionsRangeValidator : IValidateOptions<MeasuringOptions>;
