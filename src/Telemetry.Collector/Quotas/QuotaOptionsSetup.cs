using Microsoft.Extensions.Options;
using Telemetry.Collector.Configuration;

namespace Telemetry.Collector.Quotas;

/// <summary>Fills in the built-in resources where none is named, and checks every option.</summary>
internal sealed class QuotaOptionsSetup : IPostConfigureOptions<QuotaOptions>, IValidateOptions<QuotaOptions>
{
    private const string Section = QuotaOptions.SectionName;

    public void PostConfigure(string? name, QuotaOptions options)
    {
        if (options.Resources.Count > 0)
            return;
        options.Resources["cpu"] = new QuotaResourceOptions { Events = { "wkf.cpu.charge", "kuber.cpu.charge" } };
        options.Resources["gpu"] = new QuotaResourceOptions { Events = { "wkf.gpu.charge", "kuber.gpu.charge" } };
    }

    public ValidateOptionsResult Validate(string? name, QuotaOptions options)
    {
        if (!options.Enabled)
            return ValidateOptionsResult.Success;
        var failures = new ValidateOptionsResultBuilder();
        CheckResources(failures, options);
        failures.CheckRange($"{Section}:{nameof(options.DedupeWindow)}", options.DedupeWindow, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        failures.CheckRange($"{Section}:{nameof(options.MaxRecentIds)}", options.MaxRecentIds, 10_000, 1_000_000_000);
        failures.CheckRange($"{Section}:{nameof(options.MaxTailEvents)}", options.MaxTailEvents, 1000, 100_000_000);
        failures.CheckRange($"{Section}:{nameof(options.MaxUsers)}", options.MaxUsers, 1000, 100_000_000);
        failures.CheckRange($"{Section}:{nameof(options.SettleGrace)}", options.SettleGrace, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        failures.CheckRange(
            $"{Section}:{nameof(options.ReservationRetention)}", options.ReservationRetention, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        failures.CheckRange($"{Section}:{nameof(options.MaxReservationTtl)}", options.MaxReservationTtl, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
        failures.CheckRange($"{Section}:{nameof(options.BackgroundLoads)}", options.BackgroundLoads, 0, 64);
        failures.CheckRange($"{Section}:{nameof(options.LoadBackoff)}", options.LoadBackoff, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        if (!Enum.IsDefined(options.WithoutLimit))
            failures.AddError($"{Section}:{nameof(options.WithoutLimit)} is {options.WithoutLimit}. Set it to Deny or Allow.");
        return failures.Build();
    }

    private static void CheckResources(ValidateOptionsResultBuilder failures, QuotaOptions options)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (resource, settings) in options.Resources)
        {
            var section = $"{Section}:Resources:{resource}";
            if (!IsName(resource))
                failures.AddError($"{section} has a name that is none. Take lower-case letters, digits, '-' and '_', at most 64, such as storage.");
            if (settings.Events.Count == 0)
                failures.AddError($"{section}:Events is empty. Set it to the types of the events that are its usage, such as wkf.cpu.charge.");
            foreach (var type in settings.Events)
            {
                if (!owners.TryAdd(type, resource))
                    failures.AddError($"{section}:Events has '{type}', which is usage of {owners[type]} already. Name it once.");
            }
        }
    }

    // It stands in addresses and in the keys of the state log.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');
}
