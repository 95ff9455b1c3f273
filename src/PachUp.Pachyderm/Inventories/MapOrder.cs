using System.Collections;
using System.Globalization;
using Google.Protobuf;

namespace PachUp.Pachyderm.Inventories;

/// <summary>
/// Puts the entries of all maps of a message in the order of their keys. Servers send them in any order, another one each time, and what is made of
/// a message has to be the same bytes each time.
/// </summary>
internal static class MapOrder
{
    /// <summary>Orders the maps of a message and of all messages in it.</summary>
    /// <returns>The message itself.</returns>
    public static T Sort<T>(T message)
        where T : IMessage
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            SortValue(field.Accessor.GetValue(message));
        }

        return message;
    }

    private static void SortValue(object? value)
    {
        switch (value)
        {
            case IMessage message:
                Sort(message);
                break;
            case IDictionary map:
                SortMap(map);
                break;
            case IList list:
                foreach (var item in list.OfType<IMessage>())
                {
                    Sort(item);
                }

                break;
        }
    }

    private static void SortMap(IDictionary map)
    {
        var entries = map.Keys.Cast<object>()
            .OrderBy(key => Convert.ToString(key, CultureInfo.InvariantCulture), StringComparer.Ordinal)
            .Select(key => (Key: key, Value: map[key]))
            .ToList();
        map.Clear();
        foreach (var (key, value) in entries)
        {
            map.Add(key, value);
            SortValue(value);
        }
    }
}
