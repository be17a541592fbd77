/** Where an invented company sits and in what currency it is billed. */
export interface Place {
  country: string;
  code: string;
  currency: string;
  timezone: string;
  cities: ReadonlyArray<{ street: string; city: string; region?: string; postCode: string }>;
}

export interface Company {
  name: string;
  segment: string;
  place: Place;
}

const US: Place = {
  country: 'United States',
  code: 'US',
  currency: 'USD',
  timezone: 'UTC',
  cities: [
    { street: '410 Terry Avenue', city: 'Seattle', region: 'WA', postCode: '98109' },
    { street: '88 Wharf Street', city: 'Boston', region: 'MA', postCode: '02110' },
    { street: '2100 Congress Avenue', city: 'Austin', region: 'TX', postCode: '78701' },
    { street: '915 Fulton Market', city: 'Chicago', region: 'IL', postCode: '60607' },
  ],
};
const GB: Place = {
  country: 'United Kingdom',
  code: 'GB',
  currency: 'GBP',
  timezone: 'UTC',
  cities: [
    { street: '14 Finsbury Square', city: 'London', postCode: 'EC2A 1BR' },
    { street: '3 Temple Quay', city: 'Bristol', postCode: 'BS1 6DZ' },
    { street: '21 Blythswood Square', city: 'Glasgow', postCode: 'G2 4BL' },
  ],
};
const euro = (country: string, code: string, cities: Place['cities']): Place => ({
  country,
  code,
  currency: 'EUR',
  timezone: 'UTC',
  cities,
});
const DE = euro('Germany', 'DE', [
  { street: 'Torstraße 140', city: 'Berlin', postCode: '10119' },
  { street: 'Leopoldstraße 21', city: 'München', region: 'Bayern', postCode: '80802' },
]);
const FR = euro('France', 'FR', [
  { street: '27 rue du Sentier', city: 'Paris', postCode: '75002' },
  { street: '8 quai Rambaud', city: 'Lyon', postCode: '69002' },
]);
const NL = euro('Netherlands', 'NL', [{ street: 'Herengracht 182', city: 'Amsterdam', postCode: '1016 BR' }]);
const IE = euro('Ireland', 'IE', [{ street: '5 Hanover Quay', city: 'Dublin', postCode: 'D02 VY79' }]);
const ES = euro('Spain', 'ES', [{ street: 'Carrer de Pallars 99', city: 'Barcelona', postCode: '08018' }]);
const JP: Place = {
  country: 'Japan',
  code: 'JP',
  currency: 'JPY',
  timezone: 'UTC',
  cities: [
    { street: '2-11-3 Meguro', city: 'Tokyo', postCode: '153-0063' },
    { street: '1-4-8 Umeda', city: 'Osaka', postCode: '530-0001' },
  ],
};

const company = (name: string, segment: string, place: Place): Company => ({ name, segment, place });

/** Invented customers; the first one is the parent of the second. */
export const COMPANIES: readonly Company[] = [
  company('Northgate Logistics Inc.', 'Logistics', US),
  company('Northgate Logistics UK Ltd', 'Logistics', GB),
  company('Kestrel Analytics Ltd', 'Software', GB),
  company('Bluewater Health Systems', 'Healthcare', US),
  company('Müller & Söhne Fertigung GmbH', 'Manufacturing', DE),
  company('Aoyama Systems K.K.', 'Software', JP),
  company('Cobalt Lane Payments Ltd', 'Financial Services', GB),
  company('Prairie Grid Energy LLC', 'Energy', US),
  company('Café Lumière SAS', 'Retail', FR),
  company('Tidewater Media Group', 'Media', US),
  company('Van der Berg Maritiem B.V.', 'Logistics', NL),
  company('Redwood Genomics Inc.', 'Healthcare', US),
  company('Thistledown Studios Ltd', 'Media', GB),
  company('Hoshino Logistics K.K.', 'Logistics', JP),
  company('Silverline Robotics Inc.', 'Manufacturing', US),
  company('Ardmore Insurance DAC', 'Financial Services', IE),
  company('Quantum Orchard Inc.', 'Software', US),
  company('Brightmoor Retail Group plc', 'Retail', GB),
  company('Isar Softwarewerke GmbH', 'Software', DE),
  company('Cascade Learning Co.', 'Education', US),
  company('Montclair Biotech SA', 'Healthcare', FR),
  company('Fenwick Automation Ltd', 'Manufacturing', GB),
  company('Lakeshore Capital Partners', 'Financial Services', US),
  company('Mizuki Foods K.K.', 'Retail', JP),
  company('Costa Solar Energía S.L.', 'Energy', ES),
  company('Palisade Security Inc.', 'Software', US),
  company('Wexford Telecom Ltd', 'Telecommunications', IE),
  company('Summit Freight Lines', 'Logistics', US),
  company('Ashdown Property Services Ltd', 'Real Estate', GB),
  company('Hanseatic Cloud Services GmbH', 'Software', DE),
  company('Juniper Street Labs', 'Software', US),
  company('Atelier Numérique SAS', 'Media', FR),
  company('Meridian Aerospace Inc.', 'Manufacturing', US),
  company('Oakhaven Credit Union', 'Financial Services', US),
  company('Polder Data B.V.', 'Software', NL),
  company('Granite Peak Outfitters', 'Retail', US),
  company('Solent Shipping Ltd', 'Logistics', GB),
  company('Copperfield Telemetry Inc.', 'Telecommunications', US),
  company('Rheintal Präzision GmbH', 'Manufacturing', DE),
  company('Harbor & Pine Hotels', 'Hospitality', US),
  company('Ridgeway Academy Trust', 'Education', GB),
  company('Bayou Analytics LLC', 'Software', US),
];

/** Companies that Salesforce knows and m3ter does not. */
export const PROSPECTS: readonly Company[] = [
  company('Larkspur Ventures Inc.', 'Financial Services', US),
  company('Nordlicht Medien GmbH', 'Media', DE),
];
