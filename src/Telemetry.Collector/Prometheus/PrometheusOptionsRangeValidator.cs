using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Prometheus;

/// <summary>The ranges; generated from the attributes of <see cref="PrometheusOptions"/>.</summary>
[OptionsValidator]
public sealed partial class PrometheusOptionsRangeValidator : IValidateOptions<PrometheusOptions>;
