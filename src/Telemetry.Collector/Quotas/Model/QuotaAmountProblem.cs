namespace Telemetry.Collector.Quotas.Model;

/// <summary>Why a number is no amount.</summary>
internal enum QuotaAmountProblem
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It has more than 26 digits before the point.</summary>
    TooLarge,

    /// <summary>It has a digit other than zero behind the twelfth after the point: cutting it off would be another amount.</summary>
    TooPrecise,

    /// <summary>Nobody writes an amount in this many characters.</summary>
    TooLong,
}
