using System.Diagnostics.CodeAnalysis;

namespace Telemetry.Collector.Prometheus;

/// <summary>An answer, or the reason why there is none: exactly one of the two.</summary>
public sealed class PrometheusResult<T>
    where T : class
{
    internal PrometheusResult(T? value, PrometheusFailure? failure) => (Value, Failure) = (value, failure);

    public T? Value { get; }

    public PrometheusFailure? Failure { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Value is not null;

    public static implicit operator PrometheusResult<T>(PrometheusFailure failure) => new(null, failure);
}
