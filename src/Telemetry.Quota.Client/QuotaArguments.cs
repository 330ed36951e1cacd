namespace Telemetry.Quota.Client;

/// <summary>Checks what a caller gives.</summary>
internal static class QuotaArguments
{
    private const int Decimals = 12;

    public static void CheckAmount(decimal amount, bool allowsZero, string name)
    {
        if (amount < 0 || (amount == 0 && !allowsZero))
            throw new ArgumentOutOfRangeException(name, amount, $"An amount is {(allowsZero ? "0 or more" : "above 0")}.");
        if (amount >= 1e26m || decimal.Round(amount, Decimals) != amount)
            throw new ArgumentOutOfRangeException(name, amount, $"An amount has at most 26 digits before the point and {Decimals} after it.");
    }

    /// <summary>Whole seconds; a part of one counts as one.</summary>
    public static long Seconds(TimeSpan timeToLive, string name)
    {
        if (timeToLive <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(name, timeToLive, "A time to live is above zero.");
        return (long)Math.Ceiling(timeToLive.TotalSeconds);
    }
}
