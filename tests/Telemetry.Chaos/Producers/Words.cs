using System.Globalization;
using Telemetry.Chaos.Events;
using Telemetry.Events;

namespace Telemetry.Chaos.Producers;

/// <summary>What a producer tells of itself, a line each.</summary>
/// <remarks>
/// A line is said when the call has returned and not before, and it is one write of less than a pipe's atomic size. So what was said is
/// true, a kill cuts no line, and what a kill kept from being said is the one event of each flow whose call was in progress.
/// </remarks>
internal static class Words
{
    public const string Ready = "ready";
    public const string Accepted = "A";
    public const string Refused = "R";
    public const string Confirmed = "C";
    public const string LeftOnDisk = "S";
    public const string Dropped = "X";

    /// <summary>The bytes of living objects, and so all that the publisher and the spool hold in memory.</summary>
    public const string Memory = "M";

    /// <summary>The ledger at some moment, and at the end.</summary>
    public const string Ledger = "l";
    public const string LastLedger = "L";

    public static string Say(string word, DeliveryWords told) => string.Create(
        CultureInfo.InvariantCulture, $"{word} {told.Delivery} {told.Number.Flow} {told.Number.Index} {told.Detail}");

    public static bool TryRead(string line, int process, out string word, out DeliveryWords told)
    {
        told = default;
        var words = line.Split(' ');
        word = words[0];
        if (words.Length != 5)
            return false;
        told = new DeliveryWords(
            Enum.Parse<DeliveryClass>(words[1]),
            new EventNumber(process, int.Parse(words[2], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture)),
            words[4]);
        return true;
    }
}
